-- The meetings that may have decided on a case of a district: their day has come, they are not closed, and they are of
-- the district or of what it lies in; latest first.
-- grain:   one row per meeting
-- params:  district
-- columns: meeting_id, number, held_on, place
-- row:     MeetingRow
SELECT m.id AS meeting_id, m.number, m.held_on, m.place
FROM ekasih.meeting AS m
WHERE m.held_on <= current_date AND m.state <> 'closed'
    AND m.area_code IN (CAST(:district AS text), left(CAST(:district AS text), 2), 'MY')
ORDER BY m.held_on DESC, m.id DESC
LIMIT 50
