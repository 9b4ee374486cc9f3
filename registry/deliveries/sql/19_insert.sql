-- New households.
INSERT INTO household (id, file_no, delivery_id, registered_on, census_date, informant, updated_by, state_code,
    district_code, mukim_code, strata, address, village, postcode, town, phone, phone_key, geom, geom_method,
    geom_accuracy_m, computed_district_code, computed_mukim_code, outside_district_m, parliament_code, dun_code,
    catchment_codes, dwelling_type, tenure, dwelling_condition, room_count, toilet, water_supply, electricity,
    rubbish_collection, vehicle, land_acres, head_name, head_sex, ethnicity, member_count, age_0_14, age_15_64,
    age_65_over, age_unknown, income_rm, per_capita_rm, status, line_id, rule_id, gap_rm, food_gap_rm, gap_share,
    last_visit_on, next_review_on)
SELECT a.id, a.file_no, :delivery_id, CAST(:received_on AS date), a.census_date, a.informant, :actor, a.state_code,
    a.district_code, a.mukim_code, a.strata, a.address, a.village, a.postcode, a.town, a.phone, a.phone_key, a.geom,
    a.method, a.accuracy_m, a.computed_district_code, a.computed_mukim_code, a.outside_district_m, a.parliament_code,
    a.dun_code, a.catchment_codes, a.dwelling_type, a.tenure, a.dwelling_condition, a.room_count, a.toilet,
    a.water_supply, a.electricity, a.rubbish_collection, a.vehicle, a.land_acres, a.head_name, a.head_sex, a.ethnicity,
    a.member_count, a.age_0_14, a.age_15_64, a.age_65_over, a.age_unknown, a.income_rm, a.per_capita_rm, a.status,
    a.line_id, a.rule_id, a.gap_rm, a.food_gap_rm, a.gap_share, a.census_date,
    coalesce(a.census_date, CAST(:received_on AS date)) + make_interval(months => :review_months)
FROM accepted AS a
WHERE NOT a.known
