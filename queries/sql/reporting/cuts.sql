-- Poor households by strata, ethnicity and age as the newest approved release up to a month told them; of the country or a state.
-- grain:   one row per cut and measure
-- params:  area, month
-- columns: number, month, cut, measure, told, count?
-- row:     ReportCutRow
SELECT r.number, r.month, c.cut, c.measure, c.told, c.count
FROM ekasih.release_count AS c
JOIN ekasih.release AS r ON r.id = c.release_id AND r.month = c.month
WHERE c.area_code = CAST(:area AS text) AND c.cut <> 'all'
    AND r.id = (SELECT n.id FROM ekasih.release AS n
                WHERE n.state = 'diluluskan' AND n.month <= CAST(:month AS date) ORDER BY n.month DESC, n.id DESC LIMIT 1)
ORDER BY c.measure, c.cut
