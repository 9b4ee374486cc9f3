-- What targets begin from: a closed month of Malaysia, every state and every district that has households in it, and their
-- households in the census; without a month the first.
-- grain:   one row per area
-- params:  month
-- columns: area_code, parent_code, baseline_on, tegar, poor, gap_rm, census_households
WITH first_month AS (
    SELECT m.area_code, m.month, m.status, m.households, m.gap_rm
    FROM ekasih.headcount_month AS m
    WHERE m.month = coalesce(CAST(:month AS date), (SELECT min(month) FROM ekasih.headcount_month))
), within AS (
    SELECT a.code AS area_code, a.parent_code, m.month, m.status, m.households, m.gap_rm
    FROM ekasih.area AS a
    JOIN ekasih.area AS part ON part.level IN ('state', 'district')
        AND CASE a.level WHEN 'country' THEN part.level = 'state' ELSE part.code = a.code END
    JOIN first_month AS m ON m.area_code = part.code
    WHERE a.level IN ('country', 'state', 'district')
), census AS (
    SELECT a.code AS area_code, sum(s.value) AS households
    FROM ekasih.area AS a
    JOIN ekasih.area_statistic AS s ON s.source = 'census_2020' AND s.measure = 'household_total'
        AND a.code IN ('MY', s.area_code, left(s.area_code, 2))
    WHERE a.level IN ('country', 'state', 'district')
    GROUP BY a.code
)
SELECT w.area_code, w.parent_code, (w.month + interval '1 month - 1 day')::date AS baseline_on,
    coalesce(sum(w.households) FILTER (WHERE w.status = 'tegar'), 0) AS tegar,
    coalesce(sum(w.households) FILTER (WHERE w.status IN ('tegar', 'miskin')), 0) AS poor,
    sum(w.gap_rm) AS gap_rm, c.households AS census_households
FROM within AS w
LEFT JOIN census AS c ON c.area_code = w.area_code
GROUP BY w.area_code, w.parent_code, w.month, c.households
ORDER BY w.area_code
