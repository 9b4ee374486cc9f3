-- How far the jobs have come that wait or are under way.
-- grain:   one row per job
-- columns: job_id, state, cancel_asked, attempts, steps_done, steps_total
-- row:     StepRow
SELECT j.id AS job_id, j.state, j.cancel_asked, j.attempts, j.steps_done, j.steps_total
FROM ekasih.job AS j
WHERE j.state IN ('waiting', 'running')
ORDER BY j.id
