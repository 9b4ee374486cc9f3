-- What waits for the acting user, of the kinds asked for, and since when. Every kind is read on an index, district by
-- district, and counted up to row_limit at most: the cost does not grow with the register.
-- grain:   one row per kind of which something waits
-- params:  kinds, row_limit
-- columns: kind, waiting, oldest_on?
-- row:     WaitingRow
WITH own AS MATERIALIZED (
    SELECT d.code FROM ekasih.reached_districts() AS d (code)
), found AS (
    SELECT 'visit' AS kind, count(*) AS waiting, min(w.due_on) AS oldest_on
    FROM (SELECT coalesce(c.due_on, CAST(c.created_at AS date) + 30) AS due_on
          FROM ekasih.case_file AS c
          WHERE c.assigned_to = ekasih.acting_user() AND c.state = 'assigned' LIMIT :row_limit) AS w
    WHERE 'visit' = ANY (CAST(:kinds AS text[]))
    UNION ALL
    SELECT 'recommend', count(*), min(w.came_on)
    FROM (SELECT CAST(c.updated_at AS date) AS came_on
          FROM ekasih.case_file AS c
          WHERE c.assigned_to = ekasih.acting_user() AND c.state = 'visited' LIMIT :row_limit) AS w
    WHERE 'recommend' = ANY (CAST(:kinds AS text[]))
    UNION ALL
    SELECT 'draft', count(*), min(w.came_on)
    FROM (SELECT CAST(c.created_at AS date) AS came_on
          FROM ekasih.case_file AS c
          WHERE c.created_by = ekasih.acting_user() AND c.state = 'draft' ORDER BY c.id LIMIT :row_limit) AS w
    WHERE 'draft' = ANY (CAST(:kinds AS text[]))
    UNION ALL
    SELECT 'assign',
        (SELECT count(*)
         FROM (SELECT own.code FROM own
               CROSS JOIN LATERAL (SELECT c.id FROM ekasih.case_file AS c
                                   WHERE c.district_code = own.code AND c.state IN ('received', 'returned', 'due')
                                   LIMIT :row_limit) AS w
               LIMIT :row_limit) AS counted),
        (SELECT min(w.came_on) FROM own
         CROSS JOIN unnest(ARRAY['received', 'returned', 'due']) AS waiting (state)
         CROSS JOIN LATERAL (SELECT CAST(c.created_at AS date) AS came_on FROM ekasih.case_file AS c
                             WHERE c.district_code = own.code AND c.state = waiting.state
                             ORDER BY c.id LIMIT 1) AS w)
    WHERE 'assign' = ANY (CAST(:kinds AS text[]))
    UNION ALL
    SELECT 'decide',
        (SELECT count(*)
         FROM (SELECT own.code FROM own
               CROSS JOIN LATERAL (SELECT c.id FROM ekasih.case_file AS c
                                   WHERE c.district_code = own.code AND c.state = 'recommended'
                                   LIMIT :row_limit) AS w
               LIMIT :row_limit) AS counted),
        (SELECT min(w.came_on) FROM own
         CROSS JOIN LATERAL (SELECT CAST(c.created_at AS date) AS came_on FROM ekasih.case_file AS c
                             WHERE c.district_code = own.code AND c.state = 'recommended'
                             ORDER BY c.id LIMIT 1) AS w)
    WHERE 'decide' = ANY (CAST(:kinds AS text[]))
    UNION ALL
    SELECT 'inquiry', count(*), min(w.due_on)
    FROM (SELECT i.due_on FROM ekasih.status_inquiry AS i
          WHERE i.state = 'menunggu' ORDER BY i.due_on LIMIT :row_limit) AS w
    WHERE 'inquiry' = ANY (CAST(:kinds AS text[]))
    UNION ALL
    SELECT 'meeting', count(*), min(w.held_on)
    FROM (SELECT m.held_on FROM ekasih.meeting AS m
          WHERE m.state <> 'closed' AND m.held_on BETWEEN current_date - 365 AND current_date + 14
              AND (m.area_code IN (SELECT own.code FROM own)
                   OR m.area_code IN (SELECT left(own.code, 2) FROM own) OR m.area_code = 'MY')
          LIMIT :row_limit) AS w
    WHERE 'meeting' = ANY (CAST(:kinds AS text[]))
    UNION ALL
    SELECT 'change',
        (SELECT count(*)
         FROM (SELECT own.code FROM own
               CROSS JOIN LATERAL (SELECT r.id FROM ekasih.change_request AS r
                                   WHERE r.district_code = own.code AND r.state = 'waiting' LIMIT :row_limit) AS w
               LIMIT :row_limit) AS counted),
        (SELECT min(w.came_on) FROM own
         CROSS JOIN LATERAL (SELECT CAST(r.requested_at AS date) AS came_on FROM ekasih.change_request AS r
                             WHERE r.district_code = own.code AND r.state = 'waiting'
                             ORDER BY r.id LIMIT 1) AS w)
    WHERE 'change' = ANY (CAST(:kinds AS text[]))
    UNION ALL
    SELECT 'intake', count(*), min(w.due_on)
    FROM (SELECT q.due_on FROM own
          CROSS JOIN LATERAL (SELECT i.due_on FROM ekasih.intake AS i
                              WHERE i.district_code = own.code AND i.main_id IS NULL
                                  AND i.state IN ('baru', 'luar_kawasan', 'disaring')
                              ORDER BY (NOT i.urgent), i.due_on, i.id LIMIT :row_limit) AS q
          LIMIT :row_limit) AS w
    WHERE 'intake' = ANY (CAST(:kinds AS text[]))
    UNION ALL
    SELECT 'card', count(*), min(w.came_on)
    FROM (SELECT CAST(r.requested_at AS date) AS came_on
          FROM ekasih.area AS state
          CROSS JOIN LATERAL (SELECT q.requested_at FROM ekasih.card_request AS q
                              WHERE q.state_code = state.code AND q.state = 'requested'
                                  AND q.requested_by <> ekasih.acting_user()
                              LIMIT :row_limit) AS r
          WHERE state.level = 'state' AND ekasih.covers_state(state.code)
          LIMIT :row_limit) AS w
    WHERE 'card' = ANY (CAST(:kinds AS text[]))
    UNION ALL
    SELECT 'asked_card', count(*), min(w.came_on)
    FROM (SELECT CAST(r.requested_at AS date) AS came_on FROM ekasih.card_request AS r
          WHERE r.requested_by = ekasih.acting_user() AND r.state = 'requested' LIMIT :row_limit) AS w
    WHERE 'asked_card' = ANY (CAST(:kinds AS text[]))
    UNION ALL
    SELECT 'delivery', count(*), min(w.came_on)
    FROM (SELECT CAST(u.uploaded_at AS date) AS came_on FROM ekasih.delivery_upload AS u
          WHERE u.uploaded_by = ekasih.acting_user() AND u.state = 'ready' AND u.layout = 'birm' LIMIT :row_limit) AS w
    WHERE 'delivery' = ANY (CAST(:kinds AS text[]))
    UNION ALL
    SELECT 'review',
        (SELECT count(*)
         FROM (SELECT own.code FROM own
               CROSS JOIN LATERAL (SELECT h.id FROM ekasih.household AS h
                                   WHERE h.district_code = own.code AND h.next_review_on < current_date
                                       AND h.exited_on IS NULL LIMIT :row_limit) AS w
               LIMIT :row_limit) AS counted),
        (SELECT min(w.next_review_on) FROM own
         CROSS JOIN LATERAL (SELECT h.next_review_on FROM ekasih.household AS h
                             WHERE h.district_code = own.code AND h.next_review_on < current_date
                                 AND h.exited_on IS NULL
                             ORDER BY h.next_review_on LIMIT 1) AS w)
    WHERE 'review' = ANY (CAST(:kinds AS text[]))
    UNION ALL
    SELECT 'quality', count(*), CAST(NULL AS date)
    FROM (SELECT own.code FROM own
          CROSS JOIN LATERAL (SELECT f.id FROM ekasih.quality_flag AS f
                              JOIN ekasih.household AS h ON h.id = f.household_id
                                  AND (h.exited_on IS NULL OR f.code = 'seen_after_exit')
                              WHERE f.district_code = own.code AND f.resolved_at IS NULL LIMIT :row_limit) AS w
          LIMIT :row_limit) AS counted
    WHERE 'quality' = ANY (CAST(:kinds AS text[]))
    UNION ALL
    SELECT 'delegation', count(*), min(w.until_date)
    FROM (SELECT d.until_date FROM ekasih.delegation AS d
          WHERE d.revoked_at IS NULL AND d.until_date BETWEEN current_date AND current_date + 14
          LIMIT :row_limit) AS w
    WHERE 'delegation' = ANY (CAST(:kinds AS text[])) AND ekasih.administers()
    UNION ALL
    SELECT 'application', count(*), min(w.due_on)
    FROM ekasih.waiting_applications(NULL, :row_limit) AS w
    WHERE 'application' = ANY (CAST(:kinds AS text[]))
    UNION ALL
    SELECT 'referral', count(*), min(w.due_on)
    FROM (SELECT r.due_on FROM unnest(ekasih.referral_parties()) AS party
          CROSS JOIN LATERAL (SELECT q.due_on FROM ekasih.referral AS q
                              WHERE q.to_party = party AND q.state IN ('dihantar', 'diterima')
                              ORDER BY q.due_on LIMIT :row_limit) AS r
          LIMIT :row_limit) AS w
    WHERE 'referral' = ANY (CAST(:kinds AS text[]))
    UNION ALL
    SELECT 'referral_back', count(*), min(w.answered_on)
    FROM (SELECT r.answered_on FROM unnest(ekasih.referral_parties()) AS party
          CROSS JOIN LATERAL (SELECT q.answered_on FROM ekasih.referral AS q
                              WHERE q.from_party = party AND q.state = 'dijawab' LIMIT :row_limit) AS r
          LIMIT :row_limit) AS w
    WHERE 'referral_back' = ANY (CAST(:kinds AS text[]))
    UNION ALL
    SELECT 'ticket', count(*), min(w.turn_on)
    FROM (SELECT h.id, CAST(h.at AS date) AS turn_on FROM ekasih.handled_tickets('saya', '-infinity', 0, :row_limit) AS h
          UNION
          SELECT h.id, CAST(h.at AS date) FROM ekasih.handled_tickets('baharu', '-infinity', 0, :row_limit) AS h
          LIMIT :row_limit) AS w
    WHERE 'ticket' = ANY (CAST(:kinds AS text[]))
    UNION ALL
    SELECT 'ticket_back', count(*), min(w.asked_on)
    FROM (SELECT CAST(k.first_answer_at AS date) AS asked_on FROM ekasih.ticket AS k
          WHERE k.opened_by = ekasih.acting_user() AND k.state = 'menunggu_pelapor' LIMIT :row_limit) AS w
    WHERE 'ticket_back' = ANY (CAST(:kinds AS text[]))
    UNION ALL
    SELECT 'held_aid',
        (SELECT count(*)
         FROM (SELECT own.code FROM own
               CROSS JOIN LATERAL (SELECT r.id FROM ekasih.aid_row AS r
                                   WHERE r.district_code = own.code AND r.fate = 'held' LIMIT :row_limit) AS w
               LIMIT :row_limit) AS counted),
        NULL
    WHERE 'held_aid' = ANY (CAST(:kinds AS text[]))
    UNION ALL
    SELECT 'target', count(*), NULL
    FROM (SELECT FROM ekasih.target_group AS g WHERE g.state = 'dipohon' LIMIT :row_limit) AS w
    WHERE 'target' = ANY (CAST(:kinds AS text[]))
    UNION ALL
    SELECT w.kind, count(*), min(w.came_on)
    FROM (SELECT CAST(p.proposed_at AS date) AS came_on,
              CASE WHEN p.proposed_by = ekasih.acting_user() THEN 'own_proposal'
                  WHEN ekasih.administers() THEN 'target_proposal' ELSE 'area_proposal' END AS kind
          FROM ekasih.target_proposal AS p WHERE p.state = 'waiting' LIMIT :row_limit) AS w
    WHERE w.kind = ANY (CAST(:kinds AS text[]))
    GROUP BY w.kind
    UNION ALL
    SELECT 'alert', count(*), min(w.came_on)
    FROM (SELECT CAST(a.opened_at AS date) AS came_on FROM ekasih.alert AS a
          JOIN ekasih.alert_rule AS r ON r.code = a.rule_code
          LEFT JOIN ekasih.alert_mark AS m ON m.alert_id = a.id AND m.user_id = ekasih.acting_user()
          WHERE a.closed_at IS NULL AND m.taken_at IS NULL AND coalesce(m.snoozed_until <= current_date, true)
              AND ekasih.alert_is_for(r.to_whom, a.area_code)
          LIMIT :row_limit) AS w
    WHERE 'alert' = ANY (CAST(:kinds AS text[]))
)
SELECT found.kind, found.waiting, found.oldest_on FROM found WHERE found.waiting > 0
