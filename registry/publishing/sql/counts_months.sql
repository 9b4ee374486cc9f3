-- Registered households by status at the end of each closed month, of all and of each strata, with the shortfall. A
-- catchment has the running month alone: what lies across districts is not protected month by month.
-- grain:   one row per area, month and cut with anybody
-- params:
-- columns: area_code, month, cut, tegar, miskin, gap_rm
SELECT m.area_code, m.month, cut.name AS cut,
    coalesce(sum(m.households) FILTER (WHERE m.status = 'tegar'), 0)::bigint AS tegar,
    coalesce(sum(m.households) FILTER (WHERE m.status = 'miskin'), 0)::bigint AS miskin,
    coalesce(sum(m.gap_rm), 0) AS gap_rm
FROM ekasih.headcount_month AS m
CROSS JOIN LATERAL (VALUES ('all'), (m.strata)) AS cut (name)
WHERE m.status IN ('tegar', 'miskin')
    AND NOT EXISTS (SELECT FROM ekasih.area AS a WHERE a.code = m.area_code AND a.level = 'catchment')
GROUP BY m.area_code, m.month, cut.name
