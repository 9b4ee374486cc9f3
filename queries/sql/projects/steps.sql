-- The steps that a project has taken, the latest first.
-- grain:   one row per step
-- params:  project
-- columns: action, from_state, to_state, at, actor, actor_name?, reason?, detail
-- row:     ProjectStepRow
SELECT s.action, s.from_state, s.to_state, s.at, s.actor, ekasih.name_of_user(s.actor_id) AS actor_name, s.reason, s.detail
FROM ekasih.project_step AS s
JOIN ekasih.project AS p ON p.id = s.project_id
WHERE p.number = :project
ORDER BY s.id DESC
