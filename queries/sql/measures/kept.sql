-- The measures of an area and of those of a level inside another at the end of a closed month, exact, for who may see their
-- persons; an area with nobody on the register then, or that may not be seen, has none.
-- grain:   one row per area
-- params:  area, level, within, month, basis
-- columns: area_code, area_name, households?, persons?, poor_households?, total?, poor?, tegar?, p1_sum?, p2_sum?, food_p1_sum?, food_p2_sum?, sen?, watts?, without_income?, income_rm?, gap_rm?, food_gap_rm?, gini?, lorenz?, theil?, between?, structure?, used?, dropped?, weight?, every?, mpi_poor?, score?, lower?, upper?, deprived?, deprived_poor?, census_base?
-- row:     KeptMeasureRow
SELECT a.code AS area_code, a.name AS area_name, k.households, k.persons, k.poor_households, k.total, k.poor, k.tegar,
    k.p1_sum, k.p2_sum, k.food_p1_sum, k.food_p2_sum, k.sen, k.watts, k.without_income, k.income_rm, k.gap_rm,
    k.food_gap_rm, k.gini, k.lorenz, k.theil, k.between,
    m.structure, m.used, m.dropped, m.weight, m.every, m.poor AS mpi_poor, m.score, m.lower, m.upper, m.deprived,
    m.deprived_poor,
    (SELECT sum(s.value)::bigint FROM ekasih.area AS d
     JOIN ekasih.area_statistic AS s ON s.area_code = d.code AND s.source = 'census_2020'
        AND s.measure = CASE CAST(:basis AS text) WHEN 'person' THEN 'population_total' ELSE 'household_total' END
     WHERE d.level = 'district' AND a.code IN (d.code, d.state_code, 'MY')) AS census_base
FROM ekasih.area AS a
LEFT JOIN ekasih.poverty_month AS k
    ON k.area_code = a.code AND k.month = CAST(:month AS date) AND k.basis = CAST(:basis AS text)
LEFT JOIN ekasih.mpi_month AS m
    ON m.area_code = a.code AND m.month = CAST(:month AS date) AND m.basis = CAST(:basis AS text)
WHERE a.code = CAST(:area AS text)
    OR a.level = CAST(:level AS text) AND CAST(:within AS text) IN ('MY', a.parent_code, a.state_code)
ORDER BY a.code
