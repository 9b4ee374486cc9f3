-- The areas of a level inside an area, or the area itself.
-- grain:   one row per area
-- params:  level, within
-- columns: area_code, area_name
-- row:     SimulatedAreaRow
SELECT a.code AS area_code, a.name AS area_name
FROM ekasih.area AS a
WHERE a.level = CAST(:level AS text) AND CAST(:within AS text) IN ('MY', a.parent_code, a.state_code, a.code)
ORDER BY a.code
