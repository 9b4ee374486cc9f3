-- The record itself.
UPDATE household AS h
SET version = h.version + 1, census_date = a.census_date, informant = a.informant, updated_at = now(),
    updated_by = :actor, state_code = a.state_code, district_code = a.district_code, mukim_code = a.mukim_code,
    strata = a.strata, address = a.address, village = a.village, postcode = a.postcode, town = a.town, phone = a.phone,
    phone_key = a.phone_key, geom = n.geom, geom_method = n.method, geom_accuracy_m = n.accuracy_m,
    computed_district_code = n.computed_district_code, computed_mukim_code = n.computed_mukim_code,
    outside_district_m = n.outside_district_m, parliament_code = n.parliament_code, dun_code = n.dun_code,
    catchment_codes = n.catchment_codes, dwelling_type = a.dwelling_type, tenure = a.tenure,
    dwelling_condition = a.dwelling_condition, room_count = a.room_count, toilet = a.toilet,
    water_supply = a.water_supply, electricity = a.electricity, rubbish_collection = a.rubbish_collection,
    vehicle = a.vehicle, land_acres = a.land_acres, head_name = a.head_name, head_sex = a.head_sex,
    ethnicity = a.ethnicity, member_count = a.member_count, age_0_14 = a.age_0_14, age_15_64 = a.age_15_64,
    age_65_over = a.age_65_over, age_unknown = a.age_unknown, income_rm = a.income_rm,
    per_capita_rm = a.per_capita_rm, status = a.status, line_id = a.line_id, rule_id = a.rule_id, gap_rm = a.gap_rm,
    food_gap_rm = a.food_gap_rm, gap_share = a.gap_share, last_visit_on = coalesce(a.census_date, h.last_visit_on),
    next_review_on = coalesce(a.census_date, CAST(:received_on AS date)) + make_interval(months => :review_months)
FROM accepted AS a
JOIN household AS old ON old.id = a.id
-- a place that an officer has put on the map is not replaced by a guess from the address
CROSS JOIN LATERAL (
    SELECT a.geom, a.method, a.accuracy_m, a.computed_district_code, a.computed_mukim_code, a.outside_district_m,
        a.parliament_code, a.dun_code, a.catchment_codes
    WHERE old.geom_method <> 'manual' OR a.method IN ('given', 'swapped')
    UNION ALL
    SELECT old.geom, old.geom_method, old.geom_accuracy_m, old.computed_district_code, old.computed_mukim_code,
        old.outside_district_m, old.parliament_code, old.dun_code, old.catchment_codes
    WHERE old.geom_method = 'manual' AND a.method NOT IN ('given', 'swapped')
) AS n
WHERE a.known AND NOT a.unchanged AND h.id = a.id
