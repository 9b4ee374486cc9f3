-- The districts of whose persons who asks may read.
-- grain:   one row per area
-- params:
-- columns: code, name, parent_code?, in_reach
-- row:     DistrictInReachRow
SELECT area.code, area.name, area.parent_code, true AS in_reach
FROM ekasih.area
WHERE area.level = 'district' AND (SELECT ekasih.sees_persons())
    AND ((SELECT ekasih.nationwide()) OR area.code = ANY ((SELECT ekasih.acting_districts())::text[]))
ORDER BY area.code
