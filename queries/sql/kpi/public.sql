-- Public figures of areas (all without): the census of 2020, and DOSM's rate of poverty of the latest year as a share. The
-- census adds up, the rate is a country's, a state's and a district's own.
-- grain:   one row per area and measure
-- params:  areas
-- columns: area_code, measure, value
-- row:     PublicFigureRow
SELECT area.code AS area_code, told.measure, sum(s.value) AS value
FROM ekasih.area_statistic AS s
JOIN (VALUES ('household_total', 'census_households'), ('population_total', 'census_population')) AS told (source_measure, measure)
    ON s.source = 'census_2020' AND s.measure = told.source_measure
CROSS JOIN LATERAL unnest(ARRAY['MY', left(s.area_code, 2), s.area_code]) AS area (code)
WHERE CAST(:areas AS text[]) IS NULL OR area.code = ANY (CAST(:areas AS text[]))
GROUP BY area.code, told.measure
UNION ALL
SELECT s.area_code, 'dosm_rate', s.value / 100
FROM ekasih.area_statistic AS s
WHERE s.source IN ('dosm_poverty', 'dosm_poverty_state', 'dosm_poverty_national') AND s.measure = 'poverty_absolute'
    AND (CAST(:areas AS text[]) IS NULL OR s.area_code = ANY (CAST(:areas AS text[])))
    AND s.year = (SELECT max(n.year) FROM ekasih.area_statistic AS n
                  WHERE n.source = s.source AND n.measure = s.measure AND n.area_code = s.area_code)
