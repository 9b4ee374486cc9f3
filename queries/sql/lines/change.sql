-- One change of the lines or the rule with what it did and how far its job has come; without a number the one that
-- waits to be made. For those who may make changes.
-- grain:   one row
-- params:  change
-- columns: change_id, kind, command, effective_from, asked_by?, asked_at, state, problem?, done_at?, decided_on?, households?, moved?, outcome?, job_state?, steps_done?, steps_total?
-- row:     ChangeRow
SELECT c.id AS change_id, c.kind, c.command, c.effective_from, h.asked_by, c.asked_at, c.state, c.problem, c.done_at,
    c.decided_on, c.households, c.moved, c.outcome, j.state AS job_state, j.steps_done, j.steps_total
FROM ekasih.line_change AS c
JOIN ekasih.line_history() AS h ON h.change_id = c.id
LEFT JOIN ekasih.job AS j ON j.id = c.job_id
WHERE CASE WHEN CAST(:change AS bigint) IS NULL THEN c.state = 'waits' ELSE c.id = CAST(:change AS bigint) END
