-- A household as it is known now, with the line and the rule of the decision in force.
-- grain:   one row, or none outside the acting user's territory
-- params:  household
-- columns: household_id, file_no, version, registered_on, census_date?, informant?, updated_at, updated_by, state_code, state_name, district_code, district_name, mukim_code?, mukim_name?, strata, address?, village?, postcode?, town?, phone?, longitude, latitude, geom_method, geom_accuracy_m, computed_district_code?, computed_district_name?, computed_mukim_code?, computed_mukim_name?, outside_district_m?, parliament_name?, dun_name?, catchment_names, boundary_accuracy_m?, boundary_source?, boundary_approximate?, proposed_mukim_code?, proposed_mukim_name?, proposed_approximate?, dwelling_type?, tenure?, dwelling_condition?, room_count?, toilet?, water_supply?, electricity?, rubbish_collection?, vehicle?, land_acres?, head_name, head_sex?, ethnicity, member_count, income_rm, per_capita_rm, status, gap_rm, visited_on?, next_review_on, decided_on, survey_year, line_area_code, line_area_name, line_strata, line_effective_from?, pgk_household_rm, food_household_rm, pgk_per_capita_rm, food_per_capita_rm, food_household_basis, pgk_per_capita_basis, food_per_capita_basis, rule, vulnerable_below_rm?, delivery_file?, delivery_received_on?, sample?, exited_on?, exit_reason?, exit_note?, place_protected
-- row:     RecordRow
SELECT
    h.id AS household_id, h.file_no, h.version, h.registered_on, h.census_date, h.informant, h.updated_at, h.updated_by,
    h.state_code, state.name AS state_name, h.district_code, district.name AS district_name, h.mukim_code,
    mukim.name AS mukim_name, h.strata, h.address, h.village, h.postcode, h.town, h.phone,
    ST_X(h.geom) AS longitude, ST_Y(h.geom) AS latitude, h.geom_method, h.geom_accuracy_m,
    h.computed_district_code, computed.name AS computed_district_name, h.computed_mukim_code,
    computed_mukim.name AS computed_mukim_name, h.outside_district_m,
    parliament.name AS parliament_name, dun.name AS dun_name,
    ARRAY(SELECT area.name FROM ekasih.area AS area
          WHERE area.code = ANY (h.catchment_codes) ORDER BY area.name) AS catchment_names,
    bounds.accuracy_m AS boundary_accuracy_m, bounds.source AS boundary_source,
    bounds.approximate AS boundary_approximate, proposed.mukim_code AS proposed_mukim_code,
    proposed.mukim_name AS proposed_mukim_name, proposed.approximate AS proposed_approximate,
    h.dwelling_type, h.tenure, h.dwelling_condition, h.room_count, h.toilet, h.water_supply, h.electricity,
    h.rubbish_collection, h.vehicle, h.land_acres,
    h.head_name, h.head_sex, h.ethnicity, h.member_count, h.income_rm, h.per_capita_rm, h.status, h.gap_rm,
    coalesce(h.last_visit_on, h.census_date) AS visited_on, h.next_review_on,
    (SELECT max(d.effective_on) FROM ekasih.status_decision AS d WHERE d.household_id = h.id) AS decided_on,
    line.survey_year, line.state_code AS line_area_code, line_area.name AS line_area_name, line.strata AS line_strata,
    line.effective_from AS line_effective_from,
    line.pgk_household_rm, line.food_household_rm, line.pgk_per_capita_rm, line.food_per_capita_rm,
    line.food_household_basis, line.pgk_per_capita_basis, line.food_per_capita_basis,
    rules.rule,
    CASE h.strata WHEN 'urban' THEN rules.vulnerable_urban_rm ELSE rules.vulnerable_rural_rm END AS vulnerable_below_rm,
    delivery.file_name AS delivery_file, delivery.received_on AS delivery_received_on, delivery.sample,
    h.exited_on, h.exit_reason, gone.note AS exit_note,
    EXISTS (SELECT FROM ekasih.protected_place AS kept WHERE kept.household_id = h.id) AS place_protected
FROM ekasih.household AS h
JOIN ekasih.area AS state ON state.code = h.state_code
JOIN ekasih.area AS district ON district.code = h.district_code
LEFT JOIN ekasih.area AS mukim ON mukim.code = h.mukim_code
LEFT JOIN ekasih.area AS computed ON computed.code = h.computed_district_code
LEFT JOIN ekasih.area AS computed_mukim
    ON computed_mukim.code = h.computed_mukim_code AND computed_mukim.code NOT LIKE '%00'
LEFT JOIN ekasih.area AS parliament ON parliament.code = h.parliament_code
LEFT JOIN ekasih.area AS dun ON dun.code = h.dun_code
LEFT JOIN ekasih.boundary_set AS bounds ON bounds.active AND bounds.level = 'district'
LEFT JOIN LATERAL ekasih.proposed_mukim(h.id) AS proposed ON true
LEFT JOIN ekasih.delivery AS delivery ON delivery.id = h.delivery_id
JOIN ekasih.poverty_line AS line ON line.id = h.line_id
JOIN ekasih.area AS line_area ON line_area.code = line.state_code
JOIN ekasih.classification_rule AS rules ON rules.id = h.rule_id
LEFT JOIN ekasih.household_exit AS gone ON gone.household_id = h.id AND gone.undone_on IS NULL
WHERE h.id = :household
