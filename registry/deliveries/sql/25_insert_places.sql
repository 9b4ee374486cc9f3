-- Where the household is from now on, when that is new.
INSERT INTO area_history (household_id, changed_by, state_code, district_code, mukim_code, strata, geom, geom_method,
    geom_accuracy_m)
SELECT h.id, :actor, h.state_code, h.district_code, h.mukim_code, h.strata, h.geom, h.geom_method, h.geom_accuracy_m
FROM accepted AS a
JOIN household AS h ON h.id = a.id
LEFT JOIN before AS b ON b.id = a.id
WHERE NOT a.unchanged AND (b.id IS NULL
    OR (b.state_code, b.district_code, b.mukim_code, b.strata, b.geom::text)
        IS DISTINCT FROM (h.state_code, h.district_code, h.mukim_code, h.strata, h.geom::text))
