-- Stocks of households at the end of closed months, of areas (all without): each figure asked for is a column that is summed,
-- of some statuses and strata (with | between; all where empty). The country is the sum of its states.
-- grain:   one row per figure, area and month that has households
-- params:  areas, first_month, last_month, figure_keys, figure_sums, figure_statuses, figure_strata
-- columns: figure, area_code, month, value
-- row:     StockMonthRow
SELECT w.figure, area.code AS area_code, m.month,
    sum(CASE w.column_name WHEN 'households' THEN m.households WHEN 'persons' THEN m.persons WHEN 'income_rm' THEN m.income_rm
        WHEN 'gap_rm' THEN m.gap_rm WHEN 'food_gap_rm' THEN m.food_gap_rm WHEN 'gap_share' THEN m.gap_share
        ELSE m.gap_share_squared END) AS value
FROM ekasih.headcount_month AS m
JOIN unnest(CAST(:figure_keys AS text[]), CAST(:figure_sums AS text[]), CAST(:figure_statuses AS text[]), CAST(:figure_strata AS text[]))
    AS w (figure, column_name, statuses, strata)
    ON (w.statuses = '' OR m.status = ANY (string_to_array(w.statuses, '|')))
        AND (w.strata = '' OR m.strata = ANY (string_to_array(w.strata, '|')))
CROSS JOIN LATERAL unnest(CASE WHEN length(m.area_code) = 2 THEN ARRAY['MY', m.area_code] ELSE ARRAY[m.area_code] END)
    AS area (code)
WHERE m.month BETWEEN CAST(:first_month AS date) AND CAST(:last_month AS date)
    AND (CAST(:areas AS text[]) IS NULL OR m.area_code = ANY (CAST(:areas AS text[]))
         OR 'MY' = ANY (CAST(:areas AS text[])) AND length(m.area_code) = 2)
GROUP BY w.figure, area.code, m.month
