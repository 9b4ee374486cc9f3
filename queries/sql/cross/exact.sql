-- Poor households inside an area by two cuts, exact, as of the newest publication: cuts of the households, status, areas inside.
-- grain:   one row per value of both cuts with anybody
-- params:  within, digits, first, second
-- columns: first, second, households
-- row:     CrossCellRow
SELECT a.value AS first, b.value AS second, sum(s.households)::bigint AS households
FROM ekasih.household_cut AS c
CROSS JOIN LATERAL (VALUES ('tegar', c.tegar), ('miskin', c.miskin)) AS s (status, households)
CROSS JOIN LATERAL (VALUES
    ('strata', c.strata), ('ethnicity', c.ethnicity), ('head_sex', c.head_sex), ('head_age', c.head_age),
    ('disability', c.disability), ('size', c.size), ('area', left(c.area_code, CAST(:digits AS integer)))) AS a (cut, value)
CROSS JOIN LATERAL (VALUES
    ('strata', c.strata), ('ethnicity', c.ethnicity), ('head_sex', c.head_sex), ('head_age', c.head_age),
    ('disability', c.disability), ('size', c.size), ('status', s.status)) AS b (cut, value)
WHERE (CAST(:within AS text) = 'MY' OR starts_with(c.area_code, CAST(:within AS text)))
    AND a.cut = CAST(:first AS text) AND b.cut = CAST(:second AS text)
GROUP BY a.value, b.value
HAVING sum(s.households) > 0
ORDER BY a.value, b.value
