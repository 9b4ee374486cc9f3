-- How households of a round stand today.
-- grain:   one row per household
-- params:  round_no, ticked
-- columns: household_id, readable, status?, version?, last_visit_on?, exited_on?, findings
-- row:     RoundNowRow
SELECT n.household_id, n.readable, n.status, n.version, n.last_visit_on, n.exited_on, n.findings
FROM ekasih.round_now(:round_no, CAST(:ticked AS bigint[])) AS n
