-- What of an office's projects became finished in a year: houses, and what was paid for the households they were for.
-- grain:   one row; none where its projects may not be counted
-- params:  office, year
-- columns: houses, on_time, median_days?, projects, households, spent?, as_of
-- row:     OfficeWorksRow
SELECT w.houses, w.on_time, w.median_days, w.projects, w.households, w.spent, w.as_of
FROM ekasih.office_works(:office, CAST(:year AS integer)) AS w
