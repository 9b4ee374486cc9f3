-- The records that a ticket is linked to, with their number for who may see the record.
-- grain:   one row per link
-- params:  ticket_no
-- columns: link_id, kind, number?
-- row:     TicketLinkRow
SELECT l.link_id, l.kind, l.number FROM ekasih.ticket_links(:ticket_no) AS l
