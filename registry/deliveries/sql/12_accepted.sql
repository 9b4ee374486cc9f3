-- Every accepted household as it will be registered, with its id: a new one, or that of the record it brings up to date.
CREATE TEMP TABLE accepted ON COMMIT DROP AS
SELECT
    f.row_no,
    coalesce(f.registered_id, nextval('household_id_seq')) AS id,
    f.registered_id IS NOT NULL AS known,
    false AS older,
    false AS unchanged,
    h.file_no, h.census_date, nullif(btrim(s.pemberi_maklumat), '') AS informant,
    h.state_code, h.district_code, h.mukim_code, h.strata,
    nullif(btrim(s.alamat), '') AS address, nullif(btrim(s.kampung_taman), '') AS village, h.postcode,
    nullif(btrim(s.bandar), '') AS town, nullif(btrim(s.telefon), '') AS phone, h.phone_key,
    p.geom, p.method, p.accuracy_m,
    c.district_code AS computed_district_code, c.mukim_code AS computed_mukim_code, c.outside_district_m,
    c.parliament_code, c.dun_code, c.catchment_codes,
    nullif(btrim(s.jenis_kediaman), '') AS dwelling_type, nullif(btrim(s.pemilikan), '') AS tenure,
    nullif(btrim(s.keadaan_rumah), '') AS dwelling_condition,
    CASE WHEN number.rooms BETWEEN 0 AND 99 THEN number.rooms::smallint END AS room_count,
    nullif(btrim(s.tandas), '') AS toilet, nullif(btrim(s.bekalan_air), '') AS water_supply,
    read_yes_no(s.bekalan_elektrik) AS electricity, read_yes_no(s.kutipan_sampah) AS rubbish_collection,
    nullif(btrim(s.kenderaan), '') AS vehicle,
    CASE WHEN number.acres BETWEEN 0 AND 99999 THEN round(number.acres, 2) END AS land_acres,
    head.name AS head_name, head.sex AS head_sex, ethnicity_code(head.ethnicity) AS ethnicity,
    m.member_count::smallint, m.age_0_14::smallint, m.age_15_64::smallint, m.age_65_over::smallint,
    m.age_unknown::smallint, m.income_rm, round(m.income_rm / m.member_count, 2) AS per_capita_rm,
    status_of(m.income_rm, m.member_count::integer, l.pgk_household_rm, l.food_household_rm, l.pgk_per_capita_rm,
              l.food_per_capita_rm, l.rule, l.vulnerable_below_rm) AS status,
    l.line_id, l.rule_id, g.gap_rm, g.food_gap_rm, g.gap_share,
    p.is_swapped, p.is_outside, h.mukim_unknown
FROM fate AS f
JOIN stage_isirumah AS s ON s.row_no = f.row_no
JOIN read_household AS h ON h.row_no = f.row_no
JOIN members AS m ON m.household_row = f.row_no
JOIN read_person AS head ON head.row_no = m.head_row
JOIN placed AS p ON p.row_no = f.row_no
JOIN computed AS c ON c.row_no = f.row_no
JOIN lines_in_force(CAST(:received_on AS date)) AS l ON l.state_code = h.state_code AND l.strata = h.strata
CROSS JOIN LATERAL gaps_of(m.income_rm, m.member_count::integer, l.pgk_household_rm, l.food_household_rm,
                           l.pgk_per_capita_rm, l.food_per_capita_rm, l.rule) AS g
CROSS JOIN LATERAL (
    SELECT read_number(s.bil_bilik) AS rooms, read_number(s.tanah_ekar) AS acres OFFSET 0
) AS number
WHERE f.rejected IS NULL AND f.held IS NULL
