-- Public figures of areas (all without): the census of 2020, and DOSM's rate of poverty of the latest year as a share, with
-- that year and over how many districts the survey was spread. The census adds up, the rate is an area's own.
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
SELECT s.area_code, told.measure, told.value
FROM ekasih.area_statistic AS s
CROSS JOIN LATERAL (
    VALUES ('dosm_rate', s.value / 100), ('dosm_year', s.year::numeric),
        ('dosm_districts', (SELECT count(*)::numeric FROM ekasih.area AS d
                            WHERE d.level = 'district' AND s.area_code IN ('MY', d.code, d.state_code)))
) AS told (measure, value)
WHERE s.source = 'dosm_poverty' AND s.measure = 'poverty_absolute'
    AND (CAST(:areas AS text[]) IS NULL OR s.area_code = ANY (CAST(:areas AS text[])))
    AND s.year = (SELECT max(n.year) FROM ekasih.area_statistic AS n
                  WHERE n.source = s.source AND n.measure = s.measure AND n.area_code = s.area_code)
