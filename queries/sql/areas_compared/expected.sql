-- What is needed to hold the registered poor of districts against DOSM's rate: the rate of the newest survey year (0-1), the
-- households of the census, and the poor of the last closed month as they were published, empty where they are hidden.
-- grain:   one row per district
-- params:  within
-- columns: area_code, area_name, state_name, rate?, survey_year?, households?, registered?, month?, n_eff
-- row:     ExpectedRow
WITH newest AS (
    SELECT max(s.year) AS year FROM ekasih.area_statistic AS s
    JOIN ekasih.area AS a ON a.code = s.area_code AND a.level = 'district'
    WHERE s.source = 'dosm_poverty' AND s.measure = 'poverty_absolute'
), closed AS (
    SELECT max(c.month) AS month FROM ekasih.published_count AS c
    WHERE c.area_code = 'MY' AND c.cut = 'all'
        AND c.month < (SELECT date_trunc('month', p.as_of) FROM ekasih.publication AS p ORDER BY p.id DESC LIMIT 1)
)
SELECT a.code AS area_code, a.name AS area_name, s.name AS state_name, CAST(d.value / 100 AS float8) AS rate,
    newest.year AS survey_year, CAST(c.value AS bigint) AS households,
    CASE WHEN n.area_code IS NOT NULL THEN n.tegar + n.miskin WHEN closed.month IS NOT NULL THEN 0 END AS registered,
    closed.month, (SELECT CAST(t.value #>> '{}' AS float8) FROM ekasih.setting AS t WHERE t.key = 'tercicir.n_eff') AS n_eff
FROM ekasih.area AS a
CROSS JOIN newest
CROSS JOIN closed
JOIN ekasih.area AS s ON s.code = a.state_code
LEFT JOIN ekasih.area_statistic AS d ON d.area_code = a.code AND d.source = 'dosm_poverty'
    AND d.measure = 'poverty_absolute' AND d.year = newest.year
LEFT JOIN ekasih.area_statistic AS c
    ON c.area_code = a.code AND c.source = 'census_2020' AND c.measure = 'household_total'
LEFT JOIN ekasih.published_count AS n ON n.area_code = a.code AND n.month = closed.month AND n.cut = 'all'
WHERE a.level = 'district' AND CAST(:within AS text) IN ('MY', a.state_code, a.code)
ORDER BY a.code
