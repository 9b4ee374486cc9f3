-- The closed months that have measures of an area, the newest first: exact ones for who may see its persons (live), else
-- those that were published.
-- grain:   one row per month
-- params:  area, live
-- columns: month
-- row:     MeasureMonthRow
SELECT DISTINCT found.month
FROM (
    SELECT k.month FROM ekasih.poverty_month AS k
    WHERE CAST(:live AS boolean) AND k.area_code = CAST(:area AS text) AND k.basis = 'household'
    UNION ALL
    SELECT p.month FROM ekasih.published_poverty AS p
    WHERE NOT CAST(:live AS boolean) AND p.area_code = 'MY' AND p.basis = 'household' AND p.measure = 'P0'
) AS found
ORDER BY found.month DESC
