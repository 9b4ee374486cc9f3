-- One ticket as who is acting reads it: as who opened it, as who handles it, or both.
-- grain:   one row
-- params:  ticket_no
-- columns: number, subject, kind, exposure, priority, state, level, place, place_name, page, own, handles, opener_name?, opened_at, handler_name?, first_answer_at?, solved_at?, closed_at?, answer_due_at?, solve_due_at?, answered_in_time?, solved_in_time?, late, wound, merged_no?, satisfaction?, article_slug?, pictures, reference?, contact_name?, contact_phone?, contact_email?, version
-- row:     TicketRow
SELECT k.number, k.subject, k.kind, k.exposure, k.priority, k.state, k.level, k.place, a.name AS place_name, k.page,
    coalesce(k.opened_by = ekasih.acting_user(), false) AS own, ekasih.handles_place(k.place) AS handles,
    ekasih.name_of_user(k.opened_by) AS opener_name, k.opened_at, ekasih.name_of_user(k.handler_id) AS handler_name,
    k.first_answer_at, k.solved_at, k.closed_at, k.answer_due_at, k.solve_due_at, k.answered_in_time, k.solved_in_time,
    k.turn_at < now() AND k.state IN ('baru', 'diberi', 'dijawab', 'dibuka_semula') AND NOT k.clock_stale AS late,
    NOT k.clock_stale AS wound, 'T' || lpad(k.merged_into::text, 8, '0') AS merged_no, k.satisfaction, k.article_slug,
    ekasih.count_ticket_pictures(k.number) AS pictures, p.reference, c.name AS contact_name, c.phone AS contact_phone,
    c.email AS contact_email, k.version
FROM ekasih.ticket AS k
JOIN ekasih.area AS a ON a.code = k.place
LEFT JOIN ekasih.ticket_public AS p ON p.ticket_id = k.id
LEFT JOIN ekasih.ticket_contact AS c ON c.ticket_id = k.id
WHERE k.number = :ticket_no
