-- The indicators in their order, each with the target that an area has for it: the next one due, else the last one.
-- grain:   one row per indicator and area; an indicator without a target has one row without area
-- params:  areas
-- columns: indicator_code, name_ms, name_en, formula, unit, forecast, direction, source_ms, source_en, tolerance, lowest, frequency, version, valid_from, cohort_id?, area_code?, due_on?, baseline?, baseline_on?, target?, sample?, how?, numerator?, denominator?, way?, points?
-- row:     IndicatorRow
SELECT
    i.code AS indicator_code, i.name_ms, i.name_en, i.formula, i.unit, i.forecast, i.direction, i.source_ms, i.source_en, i.tolerance,
    i.lowest, i.frequency, i.version, v.valid_from, i.cohort_id,
    t.area_code, t.due_on, t.baseline, t.baseline_on, t.target, t.sample, t.how,
    t.numerator, t.denominator, t.way, t.points
FROM ekasih.indicator AS i
JOIN ekasih.indicator_version AS v ON v.indicator_code = i.code AND v.version = i.version
LEFT JOIN (
    SELECT DISTINCT ON (t.indicator_code, t.area_code) t.*
    FROM ekasih.target AS t
    WHERE t.area_code = ANY (CAST(:areas AS text[]))
    ORDER BY t.indicator_code, t.area_code, (t.due_on < current_date), abs(t.due_on - current_date)
) AS t ON t.indicator_code = i.code
ORDER BY i.position, t.area_code
