-- The districts of the states that a report names a district of.
-- grain:   one row per district
-- params:  states
-- columns: area_code, area_name, state_code, state_name
SELECT a.code AS area_code, a.name AS area_name, a.state_code, s.name AS state_name
FROM ekasih.area AS a
JOIN ekasih.area AS s ON s.code = a.state_code
WHERE a.level = 'district' AND a.state_code = ANY (CAST(:states AS text[]))
ORDER BY a.code
