-- What happened since a moment in the territory of the acting user, and with what that person asked for. Every kind is
-- read on an index, district by district, newest first, and counted up to row_limit at most.
-- grain:   one row per kind of which something happened
-- params:  since, row_limit
-- columns: kind, happened
-- row:     HappenedRow
WITH own AS MATERIALIZED (
    SELECT d.code FROM ekasih.reached_districts() AS d (code)
), changed AS MATERIALIZED (
    SELECT array_position(ARRAY['tegar', 'miskin', 'mudah_miskin', 'terkeluar'], w.status)
        < array_position(ARRAY['tegar', 'miskin', 'mudah_miskin', 'terkeluar'], w.previous_status) AS worse
    FROM own
    CROSS JOIN LATERAL (SELECT d.status, d.previous_status FROM ekasih.status_decision AS d
                        WHERE d.district_code = own.code AND d.previous_status <> d.status
                            AND d.decided_at > CAST(:since AS timestamptz)
                        ORDER BY d.decided_at DESC LIMIT :row_limit) AS w
    LIMIT :row_limit
), found AS (
    SELECT 'changed' AS kind, count(*) AS happened FROM changed
    UNION ALL
    SELECT 'worse', count(*) FROM changed WHERE changed.worse
    UNION ALL
    SELECT 'case', count(*)
    FROM (SELECT own.code FROM own
          CROSS JOIN LATERAL (SELECT c.id FROM ekasih.case_file AS c
                              WHERE c.district_code = own.code AND c.created_at > CAST(:since AS timestamptz)
                              LIMIT :row_limit) AS w
          LIMIT :row_limit) AS counted
    UNION ALL
    SELECT 'decided', count(*)
    FROM (SELECT own.code FROM own
          CROSS JOIN LATERAL (
              SELECT s.state FROM unnest(ARRAY['active', 'rejected', 'exited']) AS s (state)
              JOIN LATERAL (SELECT c.state FROM ekasih.case_file AS c
                            WHERE c.district_code = own.code AND c.updated_at > CAST(:since AS timestamptz)
                                AND c.state = s.state
                            LIMIT :row_limit) AS c ON true) AS w
          LIMIT :row_limit) AS counted
    UNION ALL
    SELECT 'answered', count(*)
    FROM (SELECT r.id FROM ekasih.change_request AS r
          WHERE r.requested_by = ekasih.acting_user() AND NOT r.direct
              AND r.decided_at > CAST(:since AS timestamptz) LIMIT :row_limit) AS counted
    UNION ALL
    SELECT 'card_answered', count(*)
    FROM (SELECT r.id FROM ekasih.card_request AS r
          WHERE r.requested_by = ekasih.acting_user()
              AND greatest(r.decided_at, r.issued_at) > CAST(:since AS timestamptz) LIMIT :row_limit) AS counted
    UNION ALL
    SELECT 'entry', count(*) FILTER (WHERE newest.at > CAST(:since AS timestamptz))
    FROM ekasih.audit_entries(NULL, NULL, NULL, NULL, NULL, NULL, NULL, CAST(:row_limit AS integer)) AS newest
)
SELECT found.kind, found.happened FROM found WHERE found.happened > 0
