-- An area and those it lies in, the country first, with the census households of those that the census counts.
-- grain:   one row per area, none for an unknown code
-- params:  area
-- columns: code, level, name, parent_code?, state_code?, census_households?, census_year?
-- row:     LineageRow
WITH RECURSIVE line AS (
    SELECT area.code, area.level, area.name, area.parent_code, area.state_code, 0 AS height
    FROM ekasih.area
    WHERE area.code = CAST(:area AS text)
    UNION ALL
    SELECT area.code, area.level, area.name, area.parent_code, area.state_code, line.height + 1
    FROM line
    JOIN ekasih.area ON area.code = line.parent_code
)
SELECT line.code, line.level, line.name, line.parent_code, line.state_code,
    census.households AS census_households, census.year AS census_year
FROM line
LEFT JOIN LATERAL (
    SELECT sum(s.value)::bigint AS households, max(s.year) AS year
    FROM ekasih.area_statistic AS s
    WHERE s.source = 'census_2020' AND s.measure = 'household_total' AND line.level IN ('country', 'state', 'district')
        AND (line.level = 'country' OR starts_with(s.area_code, line.code))
) AS census ON true
ORDER BY line.height DESC
