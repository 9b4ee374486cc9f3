-- Meetings that who asks may see: those to come and not closed first, then the latest.
-- grain:   one row per meeting
-- params:  row_limit
-- columns: meeting_id, number, area_name, held_on, place, state, items, decided
-- row:     MeetingListRow
SELECT m.id AS meeting_id, m.number, area.name AS area_name, m.held_on, m.place, m.state,
    count(i.id) AS items, count(i.outcome) AS decided
FROM ekasih.meeting AS m
JOIN ekasih.area AS area ON area.code = m.area_code
LEFT JOIN ekasih.meeting_item AS i ON i.meeting_id = m.id
GROUP BY m.id, area.name
ORDER BY m.state = 'closed', m.held_on DESC, m.id DESC
LIMIT CAST(:row_limit AS integer)
