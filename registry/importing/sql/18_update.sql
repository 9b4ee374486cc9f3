-- The record itself.
UPDATE household AS h
SET version = h.version + 1, census_date = a.census_date, informant = nullif(btrim(s.pemberi_maklumat), ''),
    updated_at = now(), updated_by = :actor, state_code = a.state_code, district_code = a.district_code,
    mukim_code = a.mukim_code, strata = a.strata, address = nullif(btrim(s.alamat), ''),
    village = nullif(btrim(s.kampung_taman), ''), postcode = a.postcode, town = nullif(btrim(s.bandar), ''),
    phone = nullif(btrim(s.telefon), ''), phone_key = a.phone_key,
    geom = n.geom, geom_method = n.method, geom_accuracy_m = n.accuracy_m,
    computed_district_code = n.computed_district_code, computed_mukim_code = n.computed_mukim_code,
    outside_district_m = n.outside_district_m, parliament_code = n.parliament_code, dun_code = n.dun_code,
    catchment_codes = n.catchment_codes,
    dwelling_type = nullif(btrim(s.jenis_kediaman), ''), tenure = nullif(btrim(s.pemilikan), ''),
    dwelling_condition = nullif(btrim(s.keadaan_rumah), ''),
    room_count = CASE WHEN read_number(s.bil_bilik) BETWEEN 0 AND 99 THEN read_number(s.bil_bilik) END,
    toilet = nullif(btrim(s.tandas), ''), water_supply = nullif(btrim(s.bekalan_air), ''),
    electricity = read_yes_no(s.bekalan_elektrik), rubbish_collection = read_yes_no(s.kutipan_sampah),
    vehicle = nullif(btrim(s.kenderaan), ''),
    land_acres = CASE WHEN read_number(s.tanah_ekar) BETWEEN 0 AND 99999 THEN read_number(s.tanah_ekar) END,
    head_name = a.head_name, head_sex = a.head_sex, ethnicity = a.ethnicity, member_count = a.member_count,
    age_0_14 = a.age_0_14, age_15_64 = a.age_15_64, age_65_over = a.age_65_over, age_unknown = a.age_unknown,
    income_rm = a.income_rm, per_capita_rm = a.per_capita_rm, status = a.status, line_id = a.line_id,
    rule_id = a.rule_id, gap_rm = a.gap_rm, food_gap_rm = a.food_gap_rm, gap_share = a.gap_share,
    last_visit_on = coalesce(a.census_date, h.last_visit_on),
    next_review_on = coalesce(a.census_date, CAST(:received_on AS date)) + make_interval(months => :review_months)
FROM accepted AS a
JOIN stage_isirumah AS s ON s.row_no = a.row_no
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
