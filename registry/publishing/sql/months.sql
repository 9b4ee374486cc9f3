-- The closed months, oldest first.
-- grain:   one row per month
-- params:
-- columns: month
SELECT DISTINCT m.month FROM ekasih.headcount_month AS m ORDER BY m.month
