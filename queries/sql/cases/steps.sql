-- The steps that a case has taken, the latest first.
-- grain:   one row per step
-- params:  case_id
-- columns: action, from_state, to_state, to_ms, to_en, at, actor, actor_name?, reason?, assigned_name?, meeting_number?, meeting_held_on?
-- row:     StepRow
SELECT s.action, s.from_state, s.to_state, target.name_ms AS to_ms, target.name_en AS to_en, s.at, s.actor,
    ekasih.name_of_user(s.actor_id) AS actor_name, s.reason, ekasih.name_of_user(s.assigned_to) AS assigned_name,
    m.number AS meeting_number, m.held_on AS meeting_held_on
FROM ekasih.case_step AS s
JOIN ekasih.case_state AS target ON target.code = s.to_state
LEFT JOIN ekasih.meeting AS m ON m.id = s.meeting_id
WHERE s.case_id = :case_id
ORDER BY s.id DESC
