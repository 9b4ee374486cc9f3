-- The same at the end of a closed month: registered households by status, with a year before and the census beside them.
-- grain:   one row per area
-- params:  levels, within, strata, month, year_ago
-- columns: area_code, area_name, level, parent_code?, tegar?, miskin?, mudah_miskin?, terkeluar?, households?, persons?, gap_rm?, tegar_12m_ago?, miskin_12m_ago?, census_households?, census_year?
-- row:     AreaMonthRow
WITH shown AS (
    SELECT area.code, area.name, area.level, area.parent_code, area.state_code
    FROM ekasih.area
    WHERE area.level = ANY (CAST(:levels AS text[]))
        AND CAST(:within AS text) IN ('MY', area.parent_code, area.state_code)
), counted AS (
    SELECT
        m.area_code, m.month,
        sum(m.households) FILTER (WHERE m.status = 'tegar')::bigint AS tegar,
        sum(m.households) FILTER (WHERE m.status = 'miskin')::bigint AS miskin,
        sum(m.households) FILTER (WHERE m.status = 'mudah_miskin')::bigint AS mudah_miskin,
        sum(m.households) FILTER (WHERE m.status = 'terkeluar')::bigint AS terkeluar,
        sum(m.households)::bigint AS households,
        sum(m.persons)::bigint AS persons,
        sum(m.gap_rm) AS gap_rm
    FROM ekasih.headcount_month AS m
    WHERE m.month IN (CAST(:month AS date), CAST(:year_ago AS date))
        AND m.area_code IN (SELECT shown.code FROM shown)
        AND (CAST(:strata AS text) IS NULL OR m.strata = CAST(:strata AS text))
    GROUP BY m.area_code, m.month
), closed AS (
    SELECT
        EXISTS (SELECT FROM ekasih.headcount_month AS m WHERE m.month = CAST(:month AS date)) AS now,
        EXISTS (SELECT FROM ekasih.headcount_month AS m WHERE m.month = CAST(:year_ago AS date)) AS year_ago
), census AS (
    SELECT shown.code, sum(s.value)::bigint AS households, max(s.year) AS year
    FROM shown
    JOIN ekasih.area AS district
        ON district.level = 'district' AND shown.code IN (district.code, district.state_code)
    JOIN ekasih.area_statistic AS s
        ON s.area_code = district.code AND s.source = 'census_2020' AND s.measure = 'household_total'
    WHERE shown.level IN ('state', 'district') AND CAST(:strata AS text) IS NULL
    GROUP BY shown.code
), figures AS (
    -- seats and catchments have no closed months
    SELECT shown.code, shown.name, shown.level, shown.parent_code,
        closed.now AND shown.level IN ('state', 'district', 'mukim') AS now,
        closed.year_ago AND shown.level IN ('state', 'district', 'mukim') AS year_ago,
        census.households AS census_households, census.year AS census_year
    FROM shown
    CROSS JOIN closed
    LEFT JOIN census ON census.code = shown.code
)
SELECT
    f.code AS area_code, f.name AS area_name, f.level, f.parent_code,
    CASE WHEN f.now THEN coalesce(n.tegar, 0) END AS tegar,
    CASE WHEN f.now THEN coalesce(n.miskin, 0) END AS miskin,
    CASE WHEN f.now THEN coalesce(n.mudah_miskin, 0) END AS mudah_miskin,
    CASE WHEN f.now THEN coalesce(n.terkeluar, 0) END AS terkeluar,
    CASE WHEN f.now THEN coalesce(n.households, 0) END AS households,
    CASE WHEN f.now THEN coalesce(n.persons, 0) END AS persons,
    CASE WHEN f.now THEN coalesce(n.gap_rm, 0) END AS gap_rm,
    CASE WHEN f.year_ago THEN coalesce(a.tegar, 0) END AS tegar_12m_ago,
    CASE WHEN f.year_ago THEN coalesce(a.miskin, 0) END AS miskin_12m_ago,
    f.census_households, f.census_year
FROM figures AS f
LEFT JOIN counted AS n ON n.area_code = f.code AND n.month = CAST(:month AS date)
LEFT JOIN counted AS a ON a.area_code = f.code AND a.month = CAST(:year_ago AS date)
ORDER BY f.code
