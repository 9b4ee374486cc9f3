-- The poverty lines, by survey year, the newest first; whether each decides households today; who added it, for those
-- who may add some.
-- grain:   one row per survey year, state and strata
-- columns: line_id, survey_year, state_code, state_name, strata, pgk_household_rm, food_household_rm, pgk_per_capita_rm, food_per_capita_rm, food_household_basis, pgk_per_capita_basis, food_per_capita_basis, published_on?, published_for, source?, effective_from?, added_by?, deciding
-- row:     FigureRow
SELECT l.id AS line_id, l.survey_year, l.state_code, a.name AS state_name, l.strata, l.pgk_household_rm,
    l.food_household_rm, l.pgk_per_capita_rm, l.food_per_capita_rm, l.food_household_basis, l.pgk_per_capita_basis,
    l.food_per_capita_basis, l.published_on, l.published_for, l.source, l.effective_from,
    CASE WHEN ekasih.sets_lines() THEN l.added_by END AS added_by,
    l.id IN (SELECT f.line_id FROM ekasih.lines_in_force(current_date) AS f) AS deciding
FROM ekasih.poverty_line AS l
JOIN ekasih.area AS a ON a.code = l.state_code
ORDER BY l.survey_year DESC, l.state_code <> 'MY', l.state_code, array_position(ARRAY['all', 'urban', 'rural'], l.strata)
