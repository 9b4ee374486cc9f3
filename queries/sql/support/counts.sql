-- How many tickets are on each list of who handles support, counted up to 1,000.
-- grain:   one row per list
-- params:
-- columns: list, tickets
-- row:     TicketListCountRow
SELECT l.list, (SELECT count(*) FROM ekasih.handled_tickets(l.list, '-infinity', 0, 1000)) AS tickets
FROM unnest(ARRAY['saya', 'baharu', 'lewat', 'dinaikkan', 'terbuka']) AS l (list)
