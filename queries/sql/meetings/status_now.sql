-- The status in force of the registered households on an agenda, with all that it rests on.
-- grain:   one row per case whose household is registered
-- params:  meeting
-- columns: case_id, status, income_rm, member_count, decided_on, survey_year, line_area_code, line_area_name, line_strata, line_effective_from?, pgk_household_rm, food_household_rm, pgk_per_capita_rm, food_per_capita_rm, food_household_basis, pgk_per_capita_basis, food_per_capita_basis, rule, vulnerable_below_rm?
-- row:     StatusRow
SELECT i.case_id, h.status, h.income_rm, h.member_count,
    (SELECT max(d.effective_on) FROM ekasih.status_decision AS d WHERE d.household_id = h.id) AS decided_on,
    line.survey_year, line.state_code AS line_area_code, line_area.name AS line_area_name, line.strata AS line_strata,
    line.effective_from AS line_effective_from, line.pgk_household_rm, line.food_household_rm, line.pgk_per_capita_rm,
    line.food_per_capita_rm, line.food_household_basis, line.pgk_per_capita_basis, line.food_per_capita_basis, rules.rule,
    CASE h.strata WHEN 'urban' THEN rules.vulnerable_urban_rm ELSE rules.vulnerable_rural_rm END AS vulnerable_below_rm
FROM ekasih.meeting_item AS i
JOIN ekasih.case_file AS c ON c.id = i.case_id
JOIN ekasih.household AS h ON h.id = c.household_id
JOIN ekasih.poverty_line AS line ON line.id = h.line_id
JOIN ekasih.area AS line_area ON line_area.code = line.state_code
JOIN ekasih.classification_rule AS rules ON rules.id = h.rule_id
WHERE i.meeting_id = :meeting
ORDER BY i.case_id
