-- Jobs that who asks may see, in some states, the latest first.
-- grain:   one row per job
-- params:  job_states, row_limit, row_offset
-- columns: job_id, task, arguments, file_name?, asker?, asked_at, state, attempts, run_at?, started_at?, ended_at?, steps_done, steps_total, cancel_asked, result?, problem?, total
-- row:     JobRow
SELECT j.id AS job_id, j.task, j.arguments, u.file_name, s.name AS asker, j.asked_at, j.state, j.attempts, j.run_at,
    j.started_at, j.ended_at, j.steps_done, j.steps_total, j.cancel_asked, j.result, j.problem,
    count(*) OVER () AS total
FROM ekasih.job AS j
LEFT JOIN ekasih.job_askers() AS s ON s.id = j.asked_by
LEFT JOIN ekasih.delivery_upload AS u
    ON j.task IN ('aid.carry_out', 'deliveries.carry_out') AND u.id = CAST(j.arguments ->> 'upload' AS bigint)
WHERE j.state = ANY (CAST(:job_states AS text[]))
ORDER BY j.id DESC
LIMIT CAST(:row_limit AS integer) OFFSET CAST(:row_offset AS integer)
