-- Of whom the registered households of areas are made up: strata, ethnicity of the head, status, ages of the persons.
-- grain:   one row per area, strata, ethnicity and status that occurs
-- params:  areas
-- columns: area_code, strata, ethnicity, status, households, persons, age_0_14, age_15_64, age_65_over, age_unknown, gap_rm
-- row:     MakeupRow
SELECT
    h.area_code, h.strata, h.ethnicity, h.status,
    sum(h.households)::bigint AS households, sum(h.persons)::bigint AS persons,
    sum(h.age_0_14)::bigint AS age_0_14, sum(h.age_15_64)::bigint AS age_15_64,
    sum(h.age_65_over)::bigint AS age_65_over, sum(h.age_unknown)::bigint AS age_unknown,
    sum(h.gap_rm) AS gap_rm
FROM ekasih.headcount AS h
WHERE h.area_code = ANY (CAST(:areas AS text[]))
GROUP BY h.area_code, h.strata, h.ethnicity, h.status
HAVING sum(h.households) <> 0
ORDER BY h.area_code, h.strata, h.ethnicity, h.status
