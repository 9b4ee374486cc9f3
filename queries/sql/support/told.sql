-- Who above was told of the times of a ticket, and when.
-- grain:   one row per time and share
-- params:  ticket_no
-- columns: measure, percent, told, reached_at, told_at
-- row:     TicketToldRow
SELECT e.measure, e.percent, e.told, e.reached_at, e.told_at
FROM ekasih.ticket AS k
JOIN ekasih.ticket_escalation AS e ON e.ticket_id = k.id
WHERE k.number = :ticket_no
ORDER BY e.id
