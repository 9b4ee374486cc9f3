-- The country, its states and districts, with their households at the census.
-- grain:   one row per area
-- params:
-- columns: code, level, name, parent_code, census_households?, census_year?
WITH census AS (
    SELECT area.code, sum(s.value)::bigint AS households, max(s.year) AS year
    FROM ekasih.area AS district
    JOIN ekasih.area_statistic AS s
        ON s.area_code = district.code AND s.source = 'census_2020' AND s.measure = 'household_total'
    CROSS JOIN LATERAL (VALUES ('MY'), (district.state_code), (district.code)) AS area (code)
    WHERE district.level = 'district'
    GROUP BY area.code
)
SELECT a.code, a.level, a.name, CASE a.level WHEN 'country' THEN '' ELSE coalesce(a.parent_code, 'MY') END AS parent_code,
    c.households AS census_households, c.year AS census_year
FROM ekasih.area AS a
LEFT JOIN census AS c ON c.code = a.code
WHERE a.level IN ('country', 'state', 'district')
ORDER BY length(a.code), a.code
