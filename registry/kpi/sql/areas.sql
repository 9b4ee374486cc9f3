-- The areas over which targets are shared out, down to a level, each with the one that it lies in.
-- grain:   one row per area
-- params:  levels
-- columns: area_code, parent_code
SELECT a.code AS area_code, a.parent_code
FROM ekasih.area AS a
WHERE a.level = 'country' OR a.level = ANY (CAST(:levels AS text[]))
ORDER BY a.code
