-- Poor households of areas by two cuts, exact, as of the newest publication: cuts of the households, status, areas inside.
-- grain:   one row per area and value of both cuts with anybody
-- params:  areas, digits, inside, first, second
-- columns: area_code, first, second, households
-- row:     CrossCellRow
SELECT w.code AS area_code, a.value AS first, b.value AS second, sum(s.households)::bigint AS households
FROM unnest(CAST(:areas AS text[])) AS w (code)
JOIN ekasih.household_cut AS c
    ON w.code = CASE CAST(:digits AS integer) WHEN 0 THEN 'MY' ELSE left(c.area_code, CAST(:digits AS integer)) END
CROSS JOIN LATERAL (VALUES ('tegar', c.tegar), ('miskin', c.miskin)) AS s (status, households)
CROSS JOIN LATERAL (VALUES
    ('strata', c.strata), ('ethnicity', c.ethnicity), ('head_sex', c.head_sex), ('head_age', c.head_age),
    ('disability', c.disability), ('size', c.size), ('area', left(c.area_code, CAST(:inside AS integer)))) AS a (cut, value)
CROSS JOIN LATERAL (VALUES
    ('strata', c.strata), ('ethnicity', c.ethnicity), ('head_sex', c.head_sex), ('head_age', c.head_age),
    ('disability', c.disability), ('size', c.size), ('status', s.status)) AS b (cut, value)
WHERE a.cut = CAST(:first AS text) AND b.cut = CAST(:second AS text)
GROUP BY w.code, a.value, b.value
HAVING sum(s.households) > 0
ORDER BY w.code, a.value, b.value
