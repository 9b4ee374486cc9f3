-- What approved releases told of the months and cuts of a release, and which of them is the newest.
-- grain:   one row per approved release, month, area, cut and measure
-- params:  first_month
-- columns: release_id, month, area_code, cut, measure, told, count?, rate?
SELECT c.release_id, c.month, c.area_code, c.cut, c.measure, c.told, c.count, c.rate
FROM ekasih.release_count AS c
JOIN ekasih.release AS r ON r.id = c.release_id AND r.state = 'diluluskan'
WHERE c.month >= CAST(:first_month AS date)
