-- Registered households by status for areas of some levels, now, with a year before and the census beside them.
-- Without strata it is both; year_ago is the first day of a month; seats and catchments have no closed months.
-- grain:   one row per area
-- params:  levels, within, strata, year_ago
-- columns: area_code, area_name, level, parent_code?, tegar?, miskin?, mudah_miskin?, terkeluar?, households?, persons?, gap_rm?, tegar_12m_ago?, miskin_12m_ago?, census_households?, census_year?
-- row:     AreaCountRow
WITH shown AS (
    SELECT area.code, area.name, area.level, area.parent_code, area.state_code
    FROM ekasih.area
    WHERE area.level = ANY (CAST(:levels AS text[]))
        AND CAST(:within AS text) IN ('MY', area.parent_code, area.state_code)
), counted AS (
    SELECT
        h.area_code,
        sum(h.households) FILTER (WHERE h.status = 'tegar')::bigint AS tegar,
        sum(h.households) FILTER (WHERE h.status = 'miskin')::bigint AS miskin,
        sum(h.households) FILTER (WHERE h.status = 'mudah_miskin')::bigint AS mudah_miskin,
        sum(h.households) FILTER (WHERE h.status = 'terkeluar')::bigint AS terkeluar,
        sum(h.households)::bigint AS households,
        sum(h.persons)::bigint AS persons,
        sum(h.gap_rm) AS gap_rm
    FROM ekasih.headcount AS h
    WHERE h.area_code IN (SELECT shown.code FROM shown)
        AND (CAST(:strata AS text) IS NULL OR h.strata = CAST(:strata AS text))
    GROUP BY h.area_code
), ago AS (
    SELECT
        m.area_code,
        sum(m.households) FILTER (WHERE m.status = 'tegar')::bigint AS tegar,
        sum(m.households) FILTER (WHERE m.status = 'miskin')::bigint AS miskin
    FROM ekasih.headcount_month AS m
    WHERE m.month = CAST(:year_ago AS date)
        AND m.area_code IN (SELECT shown.code FROM shown)
        AND (CAST(:strata AS text) IS NULL OR m.strata = CAST(:strata AS text))
    GROUP BY m.area_code
), closed AS (
    SELECT EXISTS (SELECT FROM ekasih.headcount_month AS m WHERE m.month = CAST(:year_ago AS date)) AS year_ago
), census AS (
    SELECT shown.code, sum(s.value)::bigint AS households, max(s.year) AS year
    FROM shown
    JOIN ekasih.area AS district
        ON district.level = 'district' AND shown.code IN (district.code, district.state_code)
    JOIN ekasih.area_statistic AS s
        ON s.area_code = district.code AND s.source = 'census_2020' AND s.measure = 'household_total'
    WHERE shown.level IN ('state', 'district') AND CAST(:strata AS text) IS NULL
    GROUP BY shown.code
)
SELECT
    shown.code AS area_code, shown.name AS area_name, shown.level, shown.parent_code,
    coalesce(counted.tegar, 0) AS tegar, coalesce(counted.miskin, 0) AS miskin,
    coalesce(counted.mudah_miskin, 0) AS mudah_miskin, coalesce(counted.terkeluar, 0) AS terkeluar,
    coalesce(counted.households, 0) AS households, coalesce(counted.persons, 0) AS persons,
    coalesce(counted.gap_rm, 0) AS gap_rm,
    CASE WHEN closed.year_ago AND shown.level IN ('state', 'district', 'mukim') THEN coalesce(ago.tegar, 0) END
        AS tegar_12m_ago,
    CASE WHEN closed.year_ago AND shown.level IN ('state', 'district', 'mukim') THEN coalesce(ago.miskin, 0) END
        AS miskin_12m_ago,
    census.households AS census_households, census.year AS census_year
FROM shown
CROSS JOIN closed
LEFT JOIN counted ON counted.area_code = shown.code
LEFT JOIN ago ON ago.area_code = shown.code
LEFT JOIN census ON census.code = shown.code
ORDER BY shown.code
