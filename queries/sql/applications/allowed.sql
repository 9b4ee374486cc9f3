-- The steps of an application that who is acting may take now.
-- grain:   one row per step
-- params:  application
-- columns: action, to_state, needs_reason, codes
-- row:     AllowedAidStepRow
SELECT s.action, s.to_state, s.needs_reason, s.codes
FROM ekasih.allowed_aid_steps(:application) AS s
