-- Households of an area by status at the end of each month that was published, the running one last. Hidden ones are
-- empty; a month without a row of the area has nobody. Seats and catchments have the running month alone.
-- grain:   one row per month
-- params:  area, cut, first_month, last_month
-- columns: month, tegar?, miskin?, gap_rm?
-- row:     PublishedHistoryRow
WITH own AS (
    SELECT a.level IN ('country', 'state', 'district', 'mukim') AS lasting FROM ekasih.area AS a
    WHERE a.code = CAST(:area AS text)
)
SELECT m.month,
    CASE WHEN c.area_code IS NULL THEN 0 ELSE c.tegar END AS tegar,
    CASE WHEN c.area_code IS NULL THEN 0 ELSE c.miskin END AS miskin,
    CASE WHEN c.area_code IS NULL THEN 0 ELSE c.gap_rm END AS gap_rm
FROM ekasih.published_count AS m
CROSS JOIN own
LEFT JOIN ekasih.published_count AS c
    ON c.area_code = CAST(:area AS text) AND c.month = m.month AND c.cut = CAST(:cut AS text)
WHERE m.area_code = 'MY' AND m.cut = 'all'
    AND m.month BETWEEN CAST(:first_month AS date) AND CAST(:last_month AS date)
    AND (own.lasting OR m.month = CAST(:last_month AS date))
ORDER BY m.month
