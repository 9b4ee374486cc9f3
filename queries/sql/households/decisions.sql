-- How a household came to its status, newest first.
-- grain:   one row per decision
-- params:  household
-- columns: decision_id, effective_on, decided_at, decided_by, cause, status, previous_status?, income_rm, member_count, per_capita_rm, survey_year
-- row:     DecisionRow
SELECT d.id AS decision_id, d.effective_on, d.decided_at, d.decided_by, d.cause, d.status, d.previous_status,
    d.income_rm, d.member_count, d.per_capita_rm, line.survey_year
FROM ekasih.status_decision AS d
JOIN ekasih.poverty_line AS line ON line.id = d.line_id
WHERE d.household_id = :household
ORDER BY d.effective_on DESC, d.id DESC
