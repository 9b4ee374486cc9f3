-- The closed months that reports can be made of, the newest first, each with the publication that told it first.
-- grain:   one row per month
-- params:
-- columns: month, snapshot, as_of
-- row:     ReportMonthRow
SELECT m.month, m.snapshot, m.as_of FROM ekasih.report_month AS m ORDER BY m.month DESC
