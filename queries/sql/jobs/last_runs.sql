-- When each task last ended by itself, and how.
-- grain:   one row per task
-- columns: task, ended_at, state
-- row:     LastRunRow
SELECT DISTINCT ON (j.task) j.task, j.ended_at, j.state
FROM ekasih.job AS j
WHERE j.asked_by IS NULL AND j.ended_at IS NOT NULL
ORDER BY j.task, j.ended_at DESC
