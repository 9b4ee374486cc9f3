-- One meeting; own says whether who asks holds it, has_come whether its day has.
-- grain:   at most one row
-- params:  meeting
-- columns: meeting_id, number, area_code, area_name, held_on, place, members, state, version, own, has_come
-- row:     MeetingRow
SELECT m.id AS meeting_id, m.number, m.area_code, area.name AS area_name, m.held_on, m.place, m.members, m.state, m.version,
    ekasih.may('decide') AND ekasih.covers_area(m.area_code) AS own, m.held_on <= current_date AS has_come
FROM ekasih.meeting AS m
JOIN ekasih.area AS area ON area.code = m.area_code
WHERE m.id = CAST(:meeting AS bigint)
