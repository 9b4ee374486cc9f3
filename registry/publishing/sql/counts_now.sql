-- Registered households by status now: of all, of each strata, by ethnicity of the head; persons by age.
-- grain:   one row per area and cut with anybody
-- params:
-- columns: area_code, cut, tegar, miskin
WITH poor AS (
    SELECT h.area_code, h.strata, h.ethnicity, h.status, sum(h.households) AS households,
        sum(h.age_0_14) AS age_0_14, sum(h.age_15_64) AS age_15_64, sum(h.age_65_over) AS age_65_over,
        sum(h.age_unknown) AS age_unknown
    FROM ekasih.headcount AS h
    WHERE h.status IN ('tegar', 'miskin')
    GROUP BY h.area_code, h.strata, h.ethnicity, h.status
)
SELECT poor.area_code, cut.name AS cut,
    coalesce(sum(cut.counted) FILTER (WHERE poor.status = 'tegar'), 0)::bigint AS tegar,
    coalesce(sum(cut.counted) FILTER (WHERE poor.status = 'miskin'), 0)::bigint AS miskin
FROM poor
CROSS JOIN LATERAL (VALUES
    ('all', poor.households), (poor.strata, poor.households), ('ethnicity:' || poor.ethnicity, poor.households),
    ('age:age_0_14', poor.age_0_14), ('age:age_15_64', poor.age_15_64), ('age:age_65_over', poor.age_65_over),
    ('age:age_unknown', poor.age_unknown)) AS cut (name, counted)
GROUP BY poor.area_code, cut.name
HAVING sum(cut.counted) <> 0
