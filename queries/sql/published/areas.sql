-- What those who see no persons may be shown of the areas of a level: households by status in a month (the running one
-- for now), a year before, the shortfall of the last closed month. Hidden counts are empty, and so are those of a month
-- that was not published; an area without a row has nobody. Seats and catchments have the running month alone.
-- grain:   one row per area
-- params:  level, within, cut, month, year_ago, gap_month
-- columns: area_code, area_name, level, parent_code?, tegar?, miskin?, gap_rm?, tegar_12m_ago?, miskin_12m_ago?, census_households?, census_year?, suppressed
-- row:     PublishedAreaRow
WITH shown AS (
    SELECT area.code, area.name, area.level, area.parent_code, area.state_code,
        area.level IN ('state', 'district', 'mukim') AS lasting
    FROM ekasih.area
    WHERE area.level = CAST(:level AS text)
        AND CAST(:within AS text) IN ('MY', area.parent_code, area.state_code)
), known AS (
    SELECT
        bool_or(c.month = CAST(:month AS date)) AS now, bool_or(c.month = CAST(:year_ago AS date)) AS ago,
        bool_or(c.month = CAST(:gap_month AS date)) AS gap,
        CAST(:month AS date) = (SELECT date_trunc('month', p.as_of) FROM ekasih.publication AS p
                                ORDER BY p.id DESC LIMIT 1) AS running
    FROM ekasih.published_count AS c
    WHERE c.area_code = 'MY' AND c.cut = 'all'
), census AS (
    SELECT shown.code, sum(s.value)::bigint AS households, max(s.year) AS year
    FROM shown
    JOIN ekasih.area AS district
        ON district.level = 'district' AND shown.code IN (district.code, district.state_code)
    JOIN ekasih.area_statistic AS s
        ON s.area_code = district.code AND s.source = 'census_2020' AND s.measure = 'household_total'
    WHERE shown.level IN ('state', 'district') AND CAST(:cut AS text) = 'all'
    GROUP BY shown.code
)
SELECT
    shown.code AS area_code, shown.name AS area_name, shown.level, shown.parent_code,
    CASE WHEN n.area_code IS NOT NULL THEN n.tegar WHEN known.now AND (shown.lasting OR known.running) THEN 0 END AS tegar,
    CASE WHEN n.area_code IS NOT NULL THEN n.miskin WHEN known.now AND (shown.lasting OR known.running) THEN 0 END
        AS miskin,
    CASE WHEN g.area_code IS NOT NULL THEN g.gap_rm WHEN known.gap AND shown.lasting THEN 0 END AS gap_rm,
    CASE WHEN a.area_code IS NOT NULL THEN a.tegar WHEN known.ago AND shown.lasting THEN 0 END AS tegar_12m_ago,
    CASE WHEN a.area_code IS NOT NULL THEN a.miskin WHEN known.ago AND shown.lasting THEN 0 END AS miskin_12m_ago,
    census.households AS census_households, census.year AS census_year,
    (n.area_code IS NOT NULL AND n.tegar IS NULL) OR (a.area_code IS NOT NULL AND a.tegar IS NULL)
        OR (g.area_code IS NOT NULL AND g.gap_rm IS NULL) AS suppressed
FROM shown
CROSS JOIN known
LEFT JOIN ekasih.published_count AS n
    ON n.area_code = shown.code AND n.month = CAST(:month AS date) AND n.cut = CAST(:cut AS text)
LEFT JOIN ekasih.published_count AS a
    ON a.area_code = shown.code AND a.month = CAST(:year_ago AS date) AND a.cut = CAST(:cut AS text)
LEFT JOIN ekasih.published_count AS g
    ON g.area_code = shown.code AND g.month = CAST(:gap_month AS date) AND g.cut = CAST(:cut AS text)
LEFT JOIN census ON census.code = shown.code
ORDER BY shown.code
