-- Values of indicators in closed months as they were published, rounded, of areas. The country has a row for every month that
-- has values, without one where it is hidden; another area without a row is hidden.
-- grain:   one row per indicator, area and month
-- params:  areas, indicators, first_month, last_month
-- columns: indicator_code, area_code, month, value?
-- row:     PublishedValueRow
SELECT v.indicator_code, v.area_code, v.month, v.value
FROM ekasih.published_value AS v
WHERE v.indicator_code = ANY (CAST(:indicators AS text[]))
    AND (v.area_code = ANY (CAST(:areas AS text[])) OR v.area_code = 'MY')
    AND v.month BETWEEN CAST(:first_month AS date) AND CAST(:last_month AS date)
