-- The thread of a ticket, the earliest first.
-- grain:   one row per step
-- params:  ticket_no
-- columns: step_id, action, from_state, to_state, at, side, actor_name?, given_to?, words, detail
-- row:     TicketStepRow
SELECT s.id AS step_id, s.action, s.from_state, s.to_state, s.at, s.side,
    coalesce(ekasih.name_of_user(s.actor_id), s.actor) AS actor_name,
    CASE WHEN s.action IN ('ambil', 'beri') THEN ekasih.name_of_user(CAST(s.detail ->> 'to' AS bigint)) END AS given_to,
    s.words, s.detail
FROM ekasih.ticket AS k
JOIN ekasih.ticket_step AS s ON s.ticket_id = k.id
WHERE k.number = :ticket_no
ORDER BY s.id
