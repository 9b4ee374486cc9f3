-- The districts of the country, for where a family lives.
-- grain:   one row per district
-- params:
-- columns: code, name, state_code, state_name
-- row:     IntakeDistrictRow
SELECT d.code, d.name, d.state_code, s.name AS state_name
FROM ekasih.area AS d
JOIN ekasih.area AS s ON s.code = d.state_code
WHERE d.level = 'district'
ORDER BY s.name, d.name
