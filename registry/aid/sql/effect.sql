-- Households by which a programme is judged in a window of first aid: those that had their first line of it in the window,
-- and those of the same states without any line of it around; how they stood before, and what became of them.
-- Only incomes that were found out count (registered, corrected, changed), never a line or rule that moved; a head's share
-- is exact, not as it is shown.
WITH standing AS MATERIALIZED (
    SELECT l.household_id, l.day
    FROM ekasih.aid_line AS l JOIN ekasih.aid_kind AS k ON k.id = l.kind_id
    WHERE k.programme_id = :programme AND NOT EXISTS (SELECT FROM ekasih.aid_reversal AS r WHERE r.line_id = l.id)
), aided AS MATERIALIZED (
    SELECT s.household_id FROM standing AS s GROUP BY s.household_id
    HAVING min(s.day) >= CAST(:begins AS date) AND min(s.day) < CAST(:ends AS date)
), around AS MATERIALIZED (
    SELECT DISTINCT s.household_id FROM standing AS s
    WHERE s.day BETWEEN (CAST(:begins AS date) - interval '12 months')::date AND (CAST(:begins AS date) + interval '12 months')::date
), chosen AS (
    SELECT h.id, h.state_code, a.household_id IS NOT NULL AS aided
    FROM ekasih.household AS h LEFT JOIN aided AS a ON a.household_id = h.id
    WHERE h.registered_on <= CAST(:begins AS date) AND (h.exited_on IS NULL OR h.exited_on > CAST(:begins AS date))
        AND (a.household_id IS NOT NULL OR NOT EXISTS (SELECT FROM around AS n WHERE n.household_id = h.id))
        AND h.state_code IN (SELECT o.state_code FROM ekasih.household AS o JOIN aided AS x ON x.household_id = o.id)
)
SELECT c.aided::integer AS aided, c.state_code AS state, before.strata,
    (before.a_head_rm / p.pgk_per_capita_rm)::float8 AS ratio, before.member_count AS size,
    CASE head.sex WHEN 'female' THEN 1 WHEN 'male' THEN 0 END AS female_head,
    extract(year FROM age(CAST(:begins AS date), head.birth_date))::integer AS head_age,
    before.a_head_rm::float8 AS before_rm, after.a_head_rm::float8 AS after_rm,
    greatest(0, floor((coalesce(ended.day, CAST(:today AS date)) - CAST(:begins AS date)) / 30.4375))::integer AS months,
    coalesce(ended.left_poverty, false)::integer AS left
FROM chosen AS c
JOIN LATERAL (
    SELECT d.income_rm / d.member_count AS a_head_rm, d.member_count, d.strata, d.line_id FROM ekasih.status_decision AS d
    WHERE d.household_id = c.id AND d.effective_on <= CAST(:begins AS date)
        AND d.effective_on > (CAST(:begins AS date) - interval '24 months')::date
        AND d.cause IN ('registered', 'income_changed', 'members_changed', 'corrected')
    ORDER BY d.effective_on DESC, d.id DESC LIMIT 1
) AS before ON true
JOIN ekasih.poverty_line AS p ON p.id = before.line_id AND p.pgk_per_capita_rm > 0
LEFT JOIN LATERAL (
    SELECT d.income_rm / d.member_count AS a_head_rm FROM ekasih.status_decision AS d
    WHERE d.household_id = c.id AND d.cause IN ('registered', 'income_changed', 'members_changed', 'corrected')
        AND d.effective_on BETWEEN (CAST(:begins AS date) + interval '6 months')::date
            AND (CAST(:begins AS date) + interval '18 months')::date
    ORDER BY abs(d.effective_on - (CAST(:begins AS date) + interval '12 months')::date), d.effective_on, d.id DESC LIMIT 1
) AS after ON true
LEFT JOIN ekasih.person AS head ON head.household_id = c.id AND head.is_head
LEFT JOIN LATERAL (
    SELECT e.day, e.left_poverty
    FROM (SELECT d.effective_on AS day, true AS left_poverty FROM ekasih.status_decision AS d
          WHERE d.household_id = c.id AND d.effective_on > CAST(:begins AS date)
              AND d.previous_status IN ('tegar', 'miskin') AND d.status IN ('mudah_miskin', 'terkeluar')
          UNION ALL
          SELECT x.exited_on, x.reason = 'income_rose' FROM ekasih.household_exit AS x
          WHERE x.household_id = c.id AND x.undone_on IS NULL AND x.exited_on > CAST(:begins AS date)) AS e
    ORDER BY e.day, e.left_poverty DESC LIMIT 1
) AS ended ON true
