-- To whom a ticket may be given.
-- grain:   one row per person
-- params:  ticket_no
-- columns: user_id, name
-- row:     TicketHandlerRow
SELECT h.user_id, h.name FROM ekasih.ticket_handlers(:ticket_no) AS h
