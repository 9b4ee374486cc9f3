-- The areas that a board lays side by side, by their codes, or all of a level inside one; with their census households.
-- grain:   one row per area
-- params:  level, within, codes
-- columns: code, name, parent_code?, state_code?, census_households?
-- row:     BoardAreaRow
WITH shown AS (
    SELECT a.code, a.name, a.level, a.parent_code, a.state_code
    FROM ekasih.area AS a
    WHERE a.code = ANY (CAST(:codes AS text[]))
        OR (a.level = CAST(:level AS text) AND CAST(:within AS text) IN ('MY', a.parent_code, a.state_code))
), census AS (
    SELECT shown.code, sum(s.value)::bigint AS households
    FROM shown
    JOIN ekasih.area AS d ON d.level = 'district' AND shown.code IN (d.code, d.state_code, d.parent_code)
    JOIN ekasih.area_statistic AS s
        ON s.area_code = d.code AND s.source = 'census_2020' AND s.measure = 'household_total'
    WHERE shown.level IN ('state', 'district')
    GROUP BY shown.code
)
SELECT shown.code, shown.name, shown.parent_code, shown.state_code, census.households AS census_households
FROM shown
LEFT JOIN census ON census.code = shown.code
ORDER BY shown.code
