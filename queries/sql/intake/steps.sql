-- What was done with a form of the public, the earliest first.
-- grain:   one row per step
-- params:  intake_reference
-- columns: action, to_state, at, actor_name?, reason
-- row:     IntakeStepRow
SELECT s.action, s.to_state, s.at, ekasih.name_of_user(s.actor_id) AS actor_name, s.reason
FROM ekasih.intake AS i
JOIN ekasih.intake_step AS s ON s.intake_id = i.id
WHERE i.reference = :intake_reference
ORDER BY s.id
