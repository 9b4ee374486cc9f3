-- What formulas of indicators read of the households at the end of closed months; of areas whose persons one may see.
-- grain:   one row per area, month, strata and status that occurs
-- params:  areas, months
-- columns: area_code, month, strata, status, households, persons, income_rm?, gap_rm, food_gap_rm?, gap_share?, gap_share_squared?
-- row:     MonthStockRow
SELECT
    m.area_code, m.month, m.strata, m.status, m.households, m.persons, m.income_rm, m.gap_rm, m.food_gap_rm, m.gap_share,
    m.gap_share_squared
FROM ekasih.headcount_month AS m
WHERE m.area_code = ANY (CAST(:areas AS text[])) AND m.month = ANY (CAST(:months AS date[]))
