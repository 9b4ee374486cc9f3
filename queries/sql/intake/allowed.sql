-- The steps that who is acting may take now with a form of the public.
-- grain:   one row per step
-- params:  intake_reference
-- columns: action, to_state, needs
-- row:     AllowedIntakeStepRow
SELECT s.action, s.to_state, s.needs FROM ekasih.allowed_intake_steps(:intake_reference) AS s
