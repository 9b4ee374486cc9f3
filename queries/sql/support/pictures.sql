-- The pictures of a ticket, for who handles it.
-- grain:   one row per picture
-- params:  ticket_no
-- columns: picture_id, bytes, added_at
-- row:     TicketPictureRow
SELECT p.id AS picture_id, p.bytes, p.added_at
FROM ekasih.ticket AS k
JOIN ekasih.ticket_picture AS p ON p.ticket_id = k.id
WHERE k.number = :ticket_no
ORDER BY p.id
