-- Who has how many open tickets, among the first 2,000 that are due, how many of them are late and since when the oldest is
-- open.
-- grain:   one row per person, and one for what nobody has
-- params:
-- columns: handler_name?, tickets, late, oldest_at
-- row:     TicketLoadRow
SELECT ekasih.name_of_user(k.handler_id) AS handler_name, count(*) AS tickets,
    count(*) FILTER (WHERE k.turn_at < now() AND k.state <> 'menunggu_pelapor' AND NOT k.clock_stale) AS late,
    min(k.opened_at) AS oldest_at
FROM ekasih.handled_tickets('terbuka', '-infinity', 0, 2000) AS h
JOIN ekasih.ticket AS k ON k.id = h.id
GROUP BY k.handler_id
ORDER BY count(*) DESC, handler_name NULLS FIRST LIMIT 200
