-- The agenda of a meeting in its order, with what the visit recommended and what was decided.
-- grain:   one row per case on the agenda
-- params:  meeting
-- columns: case_id, number, version, head_name, place_name, draft, recommendation?, recommended_why?, outcome?, reason?, decided_at?
-- row:     AgendaRow
SELECT c.id AS case_id, c.number, c.version, c.head_name, coalesce(mukim.name, district.name) AS place_name,
    c.draft, visited.recommendation, visited.reason AS recommended_why, i.outcome, taken.reason, taken.at AS decided_at
FROM ekasih.meeting_item AS i
JOIN ekasih.case_file AS c ON c.id = i.case_id
JOIN ekasih.area AS district ON district.code = c.district_code
LEFT JOIN ekasih.area AS mukim ON mukim.code = c.mukim_code
LEFT JOIN LATERAL (
    SELECT v.recommendation, v.reason FROM ekasih.visit AS v WHERE v.case_id = c.id ORDER BY v.id DESC LIMIT 1
) AS visited ON true
LEFT JOIN LATERAL (
    SELECT s.reason, s.at FROM ekasih.case_step AS s
    WHERE s.case_id = c.id AND s.meeting_id = i.meeting_id ORDER BY s.id DESC LIMIT 1
) AS taken ON true
WHERE i.meeting_id = CAST(:meeting AS bigint)
ORDER BY i.id
