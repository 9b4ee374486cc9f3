-- The rates of all types, the newest first; one without a day is history.
-- grain:   one row per rate
-- params:
-- columns: type_code, from_date?, until_date?, ceiling_rm, source
-- row:     ProjectRateRow
SELECT r.type_code, r.from_date, r.until_date, r.ceiling_rm, r.source
FROM ekasih.project_rate AS r
ORDER BY r.type_code, r.from_date DESC NULLS LAST
