-- What a release tells otherwise than the one approved before it told of the same months.
-- grain:   one row per month, area, cut and measure that differs
-- params:  release_no, row_limit
-- columns: month, area_code, area_name, cut, measure, told_before, before?, told_now, now?, total
-- row:     ReleaseDifferenceRow
WITH own AS (
    SELECT r.id, r.month FROM ekasih.release AS r WHERE r.number = :release_no
), former AS (
    SELECT r.id FROM ekasih.release AS r, own WHERE r.id < own.id AND r.state = 'diluluskan' ORDER BY r.id DESC LIMIT 1
)
SELECT n.month, n.area_code, a.name AS area_name, n.cut, n.measure, b.told AS told_before, b.count AS before, n.told AS told_now,
    n.count AS now, count(*) OVER () AS total
FROM own
JOIN ekasih.release_count AS n ON n.release_id = own.id
JOIN former ON true
JOIN ekasih.release_count AS b
    ON b.release_id = former.id AND b.month = n.month AND b.area_code = n.area_code AND b.cut = n.cut AND b.measure = n.measure
JOIN ekasih.release_area AS a ON a.release_id = own.id AND a.area_code = n.area_code
WHERE (b.told, b.count) IS DISTINCT FROM (n.told, n.count)
ORDER BY n.month DESC, n.area_code, n.cut, n.measure
LIMIT :row_limit
