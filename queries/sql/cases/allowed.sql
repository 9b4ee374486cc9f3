-- The steps of a case that the acting user may take now.
-- grain:   one row per step, in the order in which they are offered
-- params:  case_id
-- columns: action, to_state, needs_reason, needs_meeting, needs_officer
-- row:     AllowedStepRow
SELECT a.action, a.to_state, a.needs_reason, a.needs_meeting, a.needs_officer
FROM ekasih.allowed_steps(:case_id) WITH ORDINALITY AS a (action, to_state, needs_reason, needs_meeting, needs_officer, no)
ORDER BY a.no
