-- How many households each worklist has, of those that the acting user may see; the exited ones by their reason. The
-- poor, the unplaced and those without a mukim are of the summary of households, the others of the summary of worklists: a dated list is the
-- whole months before or after a day, and the days of the month in which it lies.
-- grain:   one row per list, or reason of exit as exited_…, that has any
-- params:  district
-- columns: list, households
-- row:     ListCountRow
WITH days AS (
    SELECT list, before, after,
        CAST(date_trunc('month', coalesce(before, after)) AS date) AS month,
        CAST(date_trunc('month', coalesce(before, after)) + interval '1 month' AS date) AS next_month
    FROM (VALUES
        ('due', current_date, CAST(NULL AS date)),
        ('unvisited', CAST(current_date - interval '6 months' AS date), NULL),
        ('died', NULL, CAST(current_date - interval '12 months' AS date)),
        ('moved', NULL, CAST(current_date - interval '12 months' AS date))
    ) AS lists (list, before, after)
), spans (list, period, first, until) AS (
    SELECT list, 'month', CAST('-infinity' AS date), month FROM days WHERE before IS NOT NULL
    UNION ALL SELECT list, 'day', month, before FROM days WHERE before IS NOT NULL
    UNION ALL SELECT list, 'day', after + 1, next_month FROM days WHERE after IS NOT NULL
    UNION ALL SELECT list, 'month', next_month, CAST('infinity' AS date) FROM days WHERE after IS NOT NULL
    UNION ALL SELECT list, 'always', CAST('-infinity' AS date), CAST('infinity' AS date)
    FROM (VALUES ('quality'), ('exited_income_rose'), ('exited_died'), ('exited_focus_group'), ('exited_welfare_aid'),
                 ('exited_remarried'), ('exited_other')) AS lists (list)
)
SELECT s.list, sum(c.households)::bigint AS households
FROM spans AS s
JOIN ekasih.worklist_count AS c
    ON c.list = s.list AND c.period = s.period AND c.begins >= s.first AND c.begins < s.until
WHERE CAST(:district AS text) IS NULL OR c.district_code = CAST(:district AS text)
GROUP BY s.list
UNION ALL
SELECT l.list, sum(l.households)::bigint
FROM ekasih.area AS area
JOIN ekasih.headcount AS c ON c.area_code = area.code
CROSS JOIN LATERAL (VALUES
    ('tegar', CASE WHEN c.status = 'tegar' THEN c.households ELSE 0 END),
    ('miskin', CASE WHEN c.status IN ('tegar', 'miskin') THEN c.households ELSE 0 END),
    ('unplaced', c.without_point)) AS l (list, households)
WHERE area.level = 'district' AND (CAST(:district AS text) IS NULL OR area.code = CAST(:district AS text))
GROUP BY l.list
UNION ALL
SELECT 'no_mukim', sum(c.households)::bigint
FROM ekasih.area AS area
JOIN ekasih.headcount AS c ON c.area_code = area.code || '00'
WHERE area.level = 'district' AND (CAST(:district AS text) IS NULL OR area.code = CAST(:district AS text))
HAVING sum(c.households) > 0
UNION ALL
SELECT c.list, c.households FROM ekasih.catchment_worklists(CAST(:district AS text)) AS c
