-- The steps of a project that who is acting may take now, in the order in which they are offered.
-- grain:   one row per step
-- params:  project
-- columns: action, to_state, needs_reason
-- row:     AllowedProjectStepRow
SELECT a.action, a.to_state, a.needs_reason FROM ekasih.allowed_project_steps(:project) AS a
