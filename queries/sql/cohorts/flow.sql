-- Where the households of a locked figure stood at each month's end and today, of the territory of who asks.
-- grain:   one row per day, fate and, of those that exited, reason
-- params:  cohort
-- columns: on_day, fate, reason, households
SELECT f.on_day, f.fate, f.reason, f.households
FROM ekasih.cohort_flow(CAST(:cohort AS bigint), current_date) AS f
ORDER BY f.on_day, f.fate, f.reason
