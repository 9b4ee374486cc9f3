-- The tickets that who is acting opened, the latest first, before a key.
-- grain:   one row per ticket
-- params:  after_id, row_limit
-- columns: ticket_id, number, subject, kind, priority, state, opened_at, answer_due_at?, solve_due_at?, answered
-- row:     OwnTicketRow
SELECT k.id AS ticket_id, k.number, k.subject, k.kind, k.priority, k.state, k.opened_at, k.answer_due_at, k.solve_due_at,
    k.first_answer_at IS NOT NULL AS answered
FROM ekasih.ticket AS k
WHERE k.opened_by = ekasih.acting_user() AND k.id < coalesce(CAST(:after_id AS bigint), 9223372036854775807)
ORDER BY k.id DESC LIMIT :row_limit
