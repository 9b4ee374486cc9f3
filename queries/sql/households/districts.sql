-- The districts whose households the acting user may see, for a filter or a form.
-- grain:   one row per district, by state and name
-- params:
-- columns: code, name, state_name
-- row:     DistrictRow
SELECT area.code, area.name, state.name AS state_name
FROM ekasih.area AS area
JOIN ekasih.area AS state ON state.code = area.state_code
WHERE area.level = 'district' AND area.code IN (SELECT ekasih.reached_districts())
ORDER BY state.code, area.name
