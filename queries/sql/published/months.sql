-- Counts and shortfalls of closed months as they were published, of areas; hidden ones are empty. The country has a row for
-- every month that was published.
-- grain:   one row per area, month and cut
-- params:  areas, first_month, last_month
-- columns: area_code, month, cut, tegar?, miskin?, gap_rm?
-- row:     PublishedMonthRow
SELECT c.area_code, c.month, c.cut, c.tegar, c.miskin, c.gap_rm
FROM ekasih.published_count AS c
WHERE (c.area_code = ANY (CAST(:areas AS text[])) OR c.area_code = 'MY') AND c.cut IN ('all', 'urban', 'rural')
    AND c.month BETWEEN CAST(:first_month AS date) AND CAST(:last_month AS date)
