-- Measures that are kept by closed month, of areas (all without).
-- grain:   one row per measure, area, month and cut
-- params:  areas, first_month, last_month, measures
-- columns: measure, area_code, month, cut, value
-- row:     MeasureRow
SELECT k.measure, k.area_code, k.month, k.cut, k.value
FROM ekasih.measure_month AS k
WHERE k.measure = ANY (CAST(:measures AS text[]))
    AND k.month BETWEEN CAST(:first_month AS date) AND CAST(:last_month AS date)
    AND (CAST(:areas AS text[]) IS NULL OR k.area_code = ANY (CAST(:areas AS text[])))
