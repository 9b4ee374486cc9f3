-- The areas of a level by code, and of each whether who asks sees its persons, so that its exact figures are theirs to read.
-- grain:   one row per area
-- params:  level
-- columns: code, name, parent_code?, in_reach
-- row:     OpenAreaRow
SELECT area.code, area.name, area.parent_code,
    (SELECT ekasih.sees_persons())
        AND ((SELECT ekasih.nationwide()) OR left(area.code, 4) = ANY ((SELECT ekasih.acting_districts())::text[])) AS in_reach
FROM ekasih.area
WHERE area.level = CAST(:level AS text)
ORDER BY area.code
