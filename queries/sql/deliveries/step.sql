-- How far the work on an upload has come.
-- grain:   at most one row
-- params:  upload
-- columns: state, steps_done, steps_total
-- row:     StepRow
SELECT u.state, u.steps_done, u.steps_total
FROM ekasih.delivery_upload AS u
WHERE u.id = CAST(:upload AS bigint)
