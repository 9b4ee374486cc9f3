-- Registered households by status at the end of each closed month, for areas taken together or one by one.
-- grain:   one row per area and month
-- params:  areas, strata, first_month, last_month
-- columns: area_code, month, tegar, miskin, households, gap_rm
-- row:     HistoryRow
SELECT
    m.area_code, m.month,
    coalesce(sum(m.households) FILTER (WHERE m.status = 'tegar'), 0)::bigint AS tegar,
    coalesce(sum(m.households) FILTER (WHERE m.status = 'miskin'), 0)::bigint AS miskin,
    sum(m.households)::bigint AS households,
    sum(m.gap_rm) AS gap_rm
FROM ekasih.headcount_month AS m
WHERE m.area_code = ANY (CAST(:areas AS text[]))
    AND m.month BETWEEN CAST(:first_month AS date) AND CAST(:last_month AS date)
    AND (CAST(:strata AS text) IS NULL OR m.strata = CAST(:strata AS text))
GROUP BY m.area_code, m.month
ORDER BY m.area_code, m.month
