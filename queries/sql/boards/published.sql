-- What of the households at the end of closed months may be shown to everybody; hidden counts are empty. An area without
-- a row in a month that the country has has nobody.
-- grain:   one row per area and month
-- params:  areas, months
-- columns: area_code, month, tegar?, miskin?, gap_rm?
-- row:     PublishedMonthRow
SELECT c.area_code, c.month, c.tegar, c.miskin, c.gap_rm
FROM ekasih.published_count AS c
WHERE c.cut = 'all' AND c.month = ANY (CAST(:months AS date[]))
    AND (c.area_code = ANY (CAST(:areas AS text[])) OR c.area_code = 'MY')
