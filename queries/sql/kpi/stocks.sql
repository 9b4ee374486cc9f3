-- What formulas of indicators read of the households that are registered now, for areas taken together.
-- grain:   one row per strata and status that occurs
-- params:  areas
-- columns: strata, status, households, persons, female_headed, with_point, income_rm, gap_rm, food_gap_rm, gap_share, gap_share_squared
-- row:     StockRow
SELECT
    h.strata, h.status,
    sum(h.households)::bigint AS households, sum(h.persons)::bigint AS persons,
    sum(h.female_headed)::bigint AS female_headed, sum(h.households - h.without_point)::bigint AS with_point,
    sum(h.income_rm) AS income_rm, sum(h.gap_rm) AS gap_rm, sum(h.food_gap_rm) AS food_gap_rm,
    sum(h.gap_share) AS gap_share, sum(h.gap_share_squared) AS gap_share_squared
FROM ekasih.headcount AS h
WHERE h.area_code = ANY (CAST(:areas AS text[]))
GROUP BY h.strata, h.status
ORDER BY h.strata, h.status
