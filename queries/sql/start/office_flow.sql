-- The work of the own office in the order in which it is done: how much waits at each step, how much of it is late, and since when,
-- each counted up to row_limit.
-- grain:   one row per kind of work
-- params:  row_limit
-- columns: step, waiting, late, oldest_on?
-- row:     OfficeStepRow
WITH routed AS MATERIALIZED (
    SELECT s.step, a.id, a.due_on
    FROM (VALUES ('semak', 'diterima'), ('putus', 'disemak'), ('salur', 'diluluskan'), ('pantau', 'dalam_bayaran'),
                 ('pantau', 'diserah')) AS s (step, state)
    CROSS JOIN LATERAL ekasih.routed_applications(s.state, NULL, NULL, NULL, :row_limit) AS a
), found AS (
    SELECT s.step, count(r.id) AS waiting, count(r.id) FILTER (WHERE r.due_on < current_date) AS late, min(r.due_on) AS oldest_on
    FROM (VALUES ('semak'), ('putus'), ('salur'), ('pantau')) AS s (step) LEFT JOIN routed AS r ON r.step = s.step
    GROUP BY s.step
    UNION ALL
    SELECT 'selaras', count(*), count(*) FILTER (WHERE w.due_on < current_date), min(w.due_on)
    FROM (SELECT r.due_on FROM unnest(ekasih.referral_parties()) AS party
          CROSS JOIN LATERAL (SELECT q.due_on FROM ekasih.referral AS q
                              WHERE q.to_party = party AND q.state IN ('dihantar', 'diterima')
                              ORDER BY q.due_on LIMIT :row_limit) AS r
          LIMIT :row_limit) AS w
    UNION ALL
    SELECT 'projek', p.waiting, 0, p.oldest_on
    FROM (SELECT ekasih.acting_office() AS code) AS o CROSS JOIN LATERAL ekasih.office_projects(o.code) AS p
    UNION ALL
    SELECT 'banci', l.households, l.households, NULL
    FROM ekasih.catchment_worklists(NULL) AS l WHERE l.list = 'due' AND ekasih.sees_persons()
    UNION ALL
    SELECT 'pemutihan', r.terbuka, 0, r.frozen_on
    FROM ekasih.cleansing_round AS r WHERE r.state = 'berjalan' AND r.office_code = ekasih.acting_office()
)
SELECT f.step, f.waiting, f.late, f.oldest_on FROM found AS f WHERE ekasih.acting_office() IS NOT NULL
