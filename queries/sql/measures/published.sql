-- The same as everybody may see it: rounded, and without a value where it is hidden. What is of households and money alone
-- stands with the figures by household.
-- grain:   one row per area, measure and indicator; an area of which nothing was published has one without a measure
-- params:  area, level, within, month, basis
-- columns: area_code, area_name, measure?, indicator?, structure?, value?, hidden?, figure_month?
-- row:     PublishedMeasureRow
WITH shown AS (
    SELECT a.code, a.name FROM ekasih.area AS a
    WHERE a.code = CAST(:area AS text)
        OR a.level = CAST(:level AS text) AND CAST(:within AS text) IN ('MY', a.parent_code, a.state_code)
), told AS (
    SELECT p.area_code, p.measure, '' AS indicator, NULL AS structure, p.value, p.hidden, p.figure_month
    FROM ekasih.published_poverty AS p
    WHERE p.area_code IN (SELECT code FROM shown) AND p.month = CAST(:month AS date)
        AND (p.basis = CAST(:basis AS text)
             OR p.basis = 'household' AND p.measure IN ('households', 'gap_rm', 'mean_gap_rm', 'theil', 'between'))
    UNION ALL
    SELECT p.area_code, p.measure, p.indicator, p.structure, p.value, p.hidden, p.figure_month
    FROM ekasih.published_mpi AS p
    WHERE p.area_code IN (SELECT code FROM shown) AND p.month = CAST(:month AS date) AND p.basis = CAST(:basis AS text)
)
SELECT s.code AS area_code, s.name AS area_name, t.measure, t.indicator, t.structure, t.value, t.hidden, t.figure_month
FROM shown AS s
LEFT JOIN told AS t ON t.area_code = s.code
ORDER BY s.code, t.measure, t.indicator
