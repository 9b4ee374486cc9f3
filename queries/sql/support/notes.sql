-- The internal notes of a ticket, for who handles it.
-- grain:   one row per note
-- params:  ticket_no
-- columns: note_id, at, actor_name?, words
-- row:     TicketNoteRow
SELECT n.id AS note_id, n.at, ekasih.name_of_user(n.actor_id) AS actor_name, n.words
FROM ekasih.ticket AS k
JOIN ekasih.ticket_note AS n ON n.ticket_id = k.id
WHERE k.number = :ticket_no
ORDER BY n.id
