-- A page of a list of tickets that who is acting handles, after a key: their own, those that nobody has, all open ones, those
-- that are late, those that they were told of (each by when the next thing is due); and what was solved, the latest first.
-- grain:   one row per ticket
-- params:  ticket_list, after_at, after_id, row_limit
-- columns: ticket_id, number, at, subject, kind, exposure, priority, state, level, place_name, handler_name?, opened_at, solved_at?, late, wound
-- row:     QueuedTicketRow
WITH asked AS (
    SELECT CAST(:ticket_list AS text) AS list, CAST(:after_at AS timestamptz) AS at, CAST(:after_id AS bigint) AS id
), found AS MATERIALIZED (
    SELECT h.id, h.at, row_number() OVER (ORDER BY h.at, h.id) AS no
    FROM asked
    CROSS JOIN LATERAL ekasih.handled_tickets(asked.list, coalesce(asked.at, '-infinity'), coalesce(asked.id, 0), :row_limit) AS h
    WHERE asked.list <> 'selesai'
    UNION ALL
    SELECT s.id, s.at, row_number() OVER (ORDER BY s.at DESC, s.id DESC)
    FROM asked
    CROSS JOIN LATERAL ekasih.solved_tickets(coalesce(asked.at, 'infinity'), coalesce(asked.id, 9223372036854775807), :row_limit) AS s
    WHERE asked.list = 'selesai'
)
SELECT k.id AS ticket_id, k.number, f.at, k.subject, k.kind, k.exposure, k.priority, k.state, k.level, a.name AS place_name,
    ekasih.name_of_user(k.handler_id) AS handler_name, k.opened_at, k.solved_at,
    k.turn_at < now() AND k.state IN ('baru', 'diberi', 'dijawab', 'dibuka_semula') AND NOT k.clock_stale AS late,
    NOT k.clock_stale AS wound
FROM found AS f
JOIN ekasih.ticket AS k ON k.id = f.id
JOIN ekasih.area AS a ON a.code = k.place
ORDER BY f.no
