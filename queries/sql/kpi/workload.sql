-- How much there is to do in an area.
-- grain:   one row
-- params:  area
-- columns: households, located, review_overdue, quality_open
-- row:     WorkloadRow
SELECT w.households, w.located, w.review_overdue, w.quality_open FROM ekasih.workload(CAST(:area AS text)) AS w
