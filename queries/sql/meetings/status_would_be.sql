-- The status that households would get today, from their forms: a JSON list of case_id, state, strata, income and members.
-- grain:   one row per household
-- params:  households
-- columns: case_id, status, income_rm, member_count, decided_on, survey_year, line_area_code, line_area_name, line_strata, line_effective_from?, pgk_household_rm, food_household_rm, pgk_per_capita_rm, food_per_capita_rm, food_household_basis, pgk_per_capita_basis, food_per_capita_basis, rule, vulnerable_below_rm?
-- row:     ProspectiveStatusRow
SELECT asked.case_id,
    ekasih.status_of(asked.income, asked.members, l.pgk_household_rm, l.food_household_rm, l.pgk_per_capita_rm,
        l.food_per_capita_rm, l.rule, l.vulnerable_below_rm) AS status,
    asked.income AS income_rm, asked.members AS member_count, current_date AS decided_on, line.survey_year,
    line.state_code AS line_area_code, line_area.name AS line_area_name, line.strata AS line_strata,
    line.effective_from AS line_effective_from, line.pgk_household_rm, line.food_household_rm, line.pgk_per_capita_rm,
    line.food_per_capita_rm, line.food_household_basis, line.pgk_per_capita_basis, line.food_per_capita_basis, l.rule,
    l.vulnerable_below_rm
FROM jsonb_to_recordset(CAST(:households AS jsonb))
    AS asked (case_id bigint, state text, strata text, income numeric, members integer)
JOIN ekasih.lines_in_force(current_date) AS l ON l.state_code = asked.state AND l.strata = asked.strata
JOIN ekasih.poverty_line AS line ON line.id = l.line_id
JOIN ekasih.area AS line_area ON line_area.code = line.state_code
ORDER BY asked.case_id
