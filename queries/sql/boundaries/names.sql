-- The names of areas.
-- grain:   one row per area that is known
-- params:  areas
-- columns: area_code, area_name, level, state_name
-- row:     AreaNameRow
SELECT a.code AS area_code, a.name AS area_name, a.level, coalesce(s.name, '') AS state_name
FROM ekasih.area AS a
LEFT JOIN ekasih.area AS s ON s.code = a.state_code
WHERE a.code = ANY (CAST(:areas AS text[]))
ORDER BY a.code
