-- What aid reached whom, by area and cut, of the twelve months up to a day: see the table aid_area.
-- grain:   one row per area and cut with anything
-- params:  as_of
-- columns: area_code, cut, aided, never?, households, amount_rm
WITH standing AS MATERIALIZED (
    SELECT l.household_id, l.amount_rm, l.day, l.need_code, a.code AS agency, p.code AS programme
    FROM ekasih.aid_line AS l
    JOIN ekasih.aid_kind AS k ON k.id = l.kind_id
    JOIN ekasih.aid_programme AS p ON p.id = k.programme_id
    JOIN ekasih.agency AS a ON a.id = l.agency_id
    WHERE NOT EXISTS (SELECT FROM ekasih.aid_reversal AS r WHERE r.line_id = l.id) AND l.day <= CAST(:as_of AS date)
), given AS (
    SELECT s.household_id, cut.name AS cut, sum(s.amount_rm) AS amount_rm
    FROM standing AS s
    CROSS JOIN LATERAL (VALUES ('all'), ('need:' || s.need_code), ('agency:' || s.agency), ('programme:' || s.programme))
        AS cut (name)
    WHERE s.day > (CAST(:as_of AS date) - interval '12 months')::date
    GROUP BY s.household_id, cut.name
), home AS MATERIALIZED (
    SELECT h.id, h.exited_on IS NULL AND h.status IN ('tegar', 'miskin') AS poor, place.code AS area_code
    FROM ekasih.household AS h
    CROSS JOIN LATERAL (
        SELECT 'MY' AS code UNION ALL SELECT h.state_code UNION ALL SELECT h.district_code
        UNION ALL SELECT h.mukim_code WHERE h.mukim_code IS NOT NULL UNION ALL SELECT unnest(h.catchment_codes)
    ) AS place
), reached AS (
    SELECT home.area_code, g.cut, count(*) FILTER (WHERE home.poor) AS aided, count(*) AS households,
        sum(g.amount_rm) AS amount_rm
    FROM given AS g JOIN home ON home.id = g.household_id
    GROUP BY home.area_code, g.cut
), never AS (
    SELECT home.area_code, count(*) AS never
    FROM home
    WHERE home.poor AND NOT EXISTS (SELECT FROM standing AS s WHERE s.household_id = home.id)
    GROUP BY home.area_code
)
SELECT coalesce(r.area_code, n.area_code) AS area_code, coalesce(r.cut, 'all') AS cut, coalesce(r.aided, 0) AS aided,
    CASE WHEN coalesce(r.cut, 'all') = 'all' THEN coalesce(n.never, 0) END AS never, coalesce(r.households, 0) AS households,
    coalesce(r.amount_rm, 0) AS amount_rm
FROM reached AS r
FULL JOIN never AS n ON n.area_code = r.area_code AND r.cut = 'all'
