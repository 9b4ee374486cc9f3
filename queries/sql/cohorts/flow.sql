-- Where the households of a locked figure stood at each month's end and today, of the territory of who asks.
-- Those whose status is another one only because the line or the rule changed are told apart.
-- grain:   one row per day, fate, of those that exited reason, and whether the line or the rule made it so
-- params:  cohort
-- columns: on_day, fate, reason?, by_line, households
-- row:     FlowRow
SELECT f.on_day, f.fate, f.reason, f.by_line, f.households
FROM ekasih.cohort_flow(CAST(:cohort AS bigint), current_date) AS f
ORDER BY f.on_day, f.fate, f.reason, f.by_line
