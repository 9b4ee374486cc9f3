-- The counts of a closed month that planners read exactly.
-- grain:   one row per area and cut
-- params:  month
-- columns: area_code, cut
SELECT c.area_code, c.cut FROM ekasih.published_count AS c
JOIN ekasih.area AS a ON a.code = c.area_code AND a.level IN ('country', 'state', 'district')
WHERE c.month = CAST(:month AS date) AND c.tegar IS NOT NULL
