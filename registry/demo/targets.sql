-- Targets of the sample register for Malaysia, every state and every district: by the end of next year a fifth fewer poor
-- than at the first closed month, and better data. Marked as sample.
-- grain:   one row per indicator and area
-- params:  today
WITH baseline AS (
    SELECT m.area_code, m.month,
        sum(m.households) FILTER (WHERE m.status = 'tegar') AS tegar,
        sum(m.households) FILTER (WHERE m.status IN ('tegar', 'miskin')) AS poor,
        sum(m.gap_rm) AS gap_rm
    FROM ekasih.headcount_month AS m
    JOIN ekasih.area AS a ON a.code = m.area_code AND a.level IN ('state', 'district')
    WHERE m.month = (SELECT min(month) FROM ekasih.headcount_month)
    GROUP BY m.area_code, m.month
), country AS (
    SELECT 'MY' AS area_code, min(b.month) AS month, sum(b.tegar) AS tegar, sum(b.poor) AS poor, sum(b.gap_rm) AS gap_rm
    FROM baseline AS b JOIN ekasih.area AS a ON a.code = b.area_code AND a.level = 'state'
), every AS (
    SELECT * FROM baseline UNION ALL SELECT * FROM country
), census AS (
    SELECT a.code AS area_code, sum(s.value) AS households
    FROM ekasih.area AS a
    JOIN ekasih.area_statistic AS s ON s.source = 'census_2020' AND s.measure = 'household_total'
        AND (a.code IN ('MY', s.area_code, left(s.area_code, 2)))
    WHERE a.level IN ('country', 'state', 'district')
    GROUP BY a.code
)
INSERT INTO ekasih.target (indicator_code, area_code, due_on, baseline, baseline_on, target, sample)
SELECT t.indicator_code, e.area_code, (date_trunc('year', CAST(:today AS date)) + interval '2 years - 1 day')::date,
    t.baseline, (e.month + interval '1 month - 1 day')::date, t.target, true
FROM every AS e
LEFT JOIN census AS c ON c.area_code = e.area_code
CROSS JOIN LATERAL (VALUES
    ('tegar', coalesce(e.tegar, 0), round(coalesce(e.tegar, 0) * 0.72)),
    ('miskin', coalesce(e.poor, 0), round(coalesce(e.poor, 0) * 0.80)),
    ('rate', coalesce(e.poor, 0) / nullif(c.households, 0), coalesce(e.poor, 0) / nullif(c.households, 0) * 0.80),
    ('gap', coalesce(e.gap_rm, 0), round(coalesce(e.gap_rm, 0) * 0.78)),
    ('located', 0.80, 0.92),
    ('review_overdue', 0.60, 0.10),
    ('quality_open', 0.10, 0.02)
) AS t (indicator_code, baseline, target)
WHERE t.baseline IS NOT NULL
ON CONFLICT (indicator_code, area_code, due_on) DO NOTHING
