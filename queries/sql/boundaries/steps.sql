-- What is under way with boundaries, and how far it has come; without a file: everything of the country.
-- grain:   one row per job that waits or runs
-- params:  boundary_upload
-- columns: job_id, task, state, steps_done, steps_total
-- row:     StepRow
SELECT j.id AS job_id, j.task, j.state, j.steps_done, j.steps_total
FROM ekasih.job AS j
WHERE j.task IN ('areas.check_boundaries', 'areas.activate_boundaries') AND j.state IN ('waiting', 'running')
    AND ekasih.changes_boundaries()
    AND (CAST(:boundary_upload AS bigint) IS NULL
         OR j.arguments ->> 'upload' = CAST(CAST(:boundary_upload AS bigint) AS text)
         OR EXISTS (SELECT FROM ekasih.boundary_activation AS a
                    WHERE a.upload_id = CAST(:boundary_upload AS bigint)
                        AND j.arguments ->> 'activation' = CAST(a.id AS text)))
ORDER BY j.id
