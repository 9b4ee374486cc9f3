-- Areas month by month as the months were first told; hidden counts are empty, a month without a row of an area has nobody.
-- grain:   one row per area and month
-- params:  areas, cut, first_month, last_month
-- columns: area_code, month, tegar?, miskin?, gap_rm?
-- row:     ReportHistoryRow
SELECT a.code AS area_code, m.month,
    CASE WHEN c.area_code IS NULL THEN 0 ELSE c.tegar END AS tegar,
    CASE WHEN c.area_code IS NULL THEN 0 ELSE c.miskin END AS miskin,
    CASE WHEN c.area_code IS NULL THEN 0 ELSE c.gap_rm END AS gap_rm
FROM ekasih.report_month AS m
CROSS JOIN ekasih.area AS a
LEFT JOIN ekasih.report_count AS c ON c.area_code = a.code AND c.month = m.month AND c.cut = CAST(:cut AS text)
WHERE a.code = ANY (CAST(:areas AS text[]))
    AND m.month BETWEEN CAST(:first_month AS date) AND CAST(:last_month AS date)
ORDER BY a.code, m.month
