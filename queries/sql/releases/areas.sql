-- What a release tells of its last month of the areas inside one, beside what the release approved before it told of its own.
-- grain:   one row per area
-- params:  release_no, within
-- columns: area_code, area_name, poor_told, poor?, tegar_told, tegar?, rate?, before?
-- row:     ReleaseAreaRow
WITH own AS (
    SELECT r.id, r.month FROM ekasih.release AS r WHERE r.number = :release_no
), former AS (
    SELECT r.id, r.month FROM ekasih.release AS r, own WHERE r.id < own.id AND r.state = 'diluluskan' ORDER BY r.id DESC LIMIT 1
)
SELECT a.area_code, a.name AS area_name, p.told AS poor_told, p.count AS poor, t.told AS tegar_told, t.count AS tegar, p.rate,
    b.count AS before
FROM own
JOIN ekasih.release_area AS a ON a.release_id = own.id
    AND (a.parent_code = CAST(:within AS text) OR a.area_code = CAST(:within AS text))
JOIN ekasih.release_count AS p
    ON p.release_id = own.id AND p.month = own.month AND p.area_code = a.area_code AND p.cut = 'all' AND p.measure = 'poor'
JOIN ekasih.release_count AS t
    ON t.release_id = own.id AND t.month = own.month AND t.area_code = a.area_code AND t.cut = 'all' AND t.measure = 'tegar'
LEFT JOIN former ON true
LEFT JOIN ekasih.release_count AS b
    ON b.release_id = former.id AND b.month = former.month AND b.area_code = a.area_code AND b.cut = 'all' AND b.measure = 'poor'
ORDER BY length(a.area_code), a.name
