-- The decisions on applications of an office in a year, those that took longest first.
-- grain:   one row per application
-- params:  office, year, row_limit
-- columns: number, decided_on, days, in_time
-- row:     OfficeDecisionRow
SELECT d.number, d.decided_on, d.days, d.in_time FROM ekasih.office_decisions(:office, CAST(:year AS integer)) AS d
ORDER BY d.days DESC, d.number
LIMIT :row_limit
