-- The lines and the rule that decide today, and as they are supposed.
-- grain:   one row per state and strata
-- params:  scenario
-- columns: state_code, state_name, strata, rule, vulnerable_below_rm?, pgk_household_rm, food_household_rm, pgk_per_capita_rm, food_per_capita_rm, line_year
-- row:     SimulatedLineRow
SELECT l.state_code, a.name AS state_name, l.strata, l.rule, l.vulnerable_below_rm, l.pgk_household_rm, l.food_household_rm,
    l.pgk_per_capita_rm, l.food_per_capita_rm, p.survey_year AS line_year
FROM ekasih.lines_simulated(CAST(:scenario AS jsonb)) AS l
JOIN ekasih.lines_in_force(current_date) AS f ON f.state_code = l.state_code AND f.strata = l.strata
JOIN ekasih.poverty_line AS p ON p.id = f.line_id
JOIN ekasih.area AS a ON a.code = l.state_code
ORDER BY l.state_code, l.strata
