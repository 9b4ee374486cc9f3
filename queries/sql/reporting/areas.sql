-- Households by status of an area, or of the areas of a level inside it, as a closed month was first told; hidden counts are
-- empty, and so are those of a year before that nobody told. An area without a row has nobody.
-- grain:   one row per area
-- params:  level, within, cut, month, year_ago
-- columns: area_code, area_name, tegar?, miskin?, gap_rm?, tegar_12m_ago?, miskin_12m_ago?, census_households?
-- row:     ReportAreaRow
WITH shown AS (
    SELECT a.code, a.name, a.level, a.state_code FROM ekasih.area AS a
    WHERE a.level = CAST(:level AS text) AND CAST(:within AS text) IN ('MY', a.code, a.parent_code, a.state_code)
), census AS (
    SELECT shown.code, sum(s.value)::bigint AS households
    FROM shown
    JOIN ekasih.area AS d ON d.level = 'district' AND (shown.level = 'country' OR shown.code IN (d.code, d.state_code))
    JOIN ekasih.area_statistic AS s
        ON s.area_code = d.code AND s.source = 'census_2020' AND s.measure = 'household_total'
    WHERE shown.level IN ('country', 'state', 'district')
    GROUP BY shown.code
), known AS (
    SELECT EXISTS (SELECT FROM ekasih.report_month AS m WHERE m.month = CAST(:year_ago AS date)) AS ago
)
SELECT shown.code AS area_code, shown.name AS area_name,
    CASE WHEN n.area_code IS NULL THEN 0 ELSE n.tegar END AS tegar,
    CASE WHEN n.area_code IS NULL THEN 0 ELSE n.miskin END AS miskin,
    CASE WHEN n.area_code IS NULL THEN 0 ELSE n.gap_rm END AS gap_rm,
    CASE WHEN a.area_code IS NOT NULL THEN a.tegar WHEN known.ago THEN 0 END AS tegar_12m_ago,
    CASE WHEN a.area_code IS NOT NULL THEN a.miskin WHEN known.ago THEN 0 END AS miskin_12m_ago,
    census.households AS census_households
FROM shown
CROSS JOIN known
LEFT JOIN ekasih.report_count AS n
    ON n.area_code = shown.code AND n.month = CAST(:month AS date) AND n.cut = CAST(:cut AS text)
LEFT JOIN ekasih.report_count AS a
    ON a.area_code = shown.code AND a.month = CAST(:year_ago AS date) AND a.cut = CAST(:cut AS text)
LEFT JOIN census ON census.code = shown.code
ORDER BY shown.code
