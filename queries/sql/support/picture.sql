-- Where a picture of a ticket is kept.
-- grain:   one row
-- params:  ticket_picture
-- columns: name
-- row:     KeptTicketPictureRow
SELECT p.name FROM ekasih.ticket_picture AS p WHERE p.id = CAST(:ticket_picture AS bigint)
