-- The projects of an office that became finished in a year, those that were late first.
-- grain:   one row per project
-- params:  office, year, row_limit
-- columns: number, title, house, began_on?, planned_on?, finished_on, days?, on_time, households, spent?
-- row:     OfficeFinishedRow
SELECT f.number, f.title, f.house, f.began_on, f.planned_on, f.finished_on, f.days, f.on_time, f.households, f.spent
FROM ekasih.office_finished(:office, CAST(:year AS integer)) AS f
ORDER BY f.on_time, f.finished_on, f.number
LIMIT :row_limit
