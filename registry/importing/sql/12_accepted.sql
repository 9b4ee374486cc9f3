-- Every accepted household as it will be registered, with its id: a new one, or that of the record it brings up to date.
CREATE TEMP TABLE accepted ON COMMIT DROP AS
SELECT
    f.row_no,
    coalesce(f.registered_id, nextval('household_id_seq')) AS id,
    f.registered_id IS NOT NULL AS known,
    false AS unchanged,
    h.file_no, h.census_date, h.state_code, h.district_code, h.mukim_code, h.strata, h.postcode, h.phone_key,
    btrim(head.nama) AS head_name, head_read.sex AS head_sex, ethnicity_code(head.etnik) AS ethnicity,
    m.member_count, m.age_0_14, m.age_15_64, m.age_65_over, m.age_unknown, m.income_rm,
    round(m.income_rm / m.member_count, 2) AS per_capita_rm,
    status_of(m.income_rm, m.member_count::integer, l.pgk_household_rm, l.food_household_rm, l.pgk_per_capita_rm,
              l.food_per_capita_rm, l.rule, l.vulnerable_below_rm) AS status,
    l.line_id, l.rule_id,
    greatest(0, l.pgk_per_capita_rm * m.member_count - m.income_rm) AS gap_rm,
    greatest(0, l.food_per_capita_rm * m.member_count - m.income_rm) AS food_gap_rm,
    greatest(0, round(1 - m.income_rm / nullif(l.pgk_per_capita_rm * m.member_count, 0), 6)) AS gap_share,
    p.geom, p.method, p.accuracy_m, p.is_swapped, p.is_outside, h.mukim_unknown,
    c.district_code AS computed_district_code, c.mukim_code AS computed_mukim_code, c.parliament_code, c.dun_code,
    c.catchment_codes, c.outside_district_m
FROM fate AS f
JOIN read_household AS h ON h.row_no = f.row_no
JOIN members AS m ON m.household_row = f.row_no
JOIN stage_ahli AS head ON head.row_no = m.head_row
JOIN read_person AS head_read ON head_read.row_no = m.head_row
JOIN placed AS p ON p.row_no = f.row_no
JOIN computed AS c ON c.row_no = f.row_no
JOIN lines_in_force(CAST(:received_on AS date)) AS l ON l.state_code = h.state_code AND l.strata = h.strata
WHERE f.rejected IS NULL AND f.held IS NULL
ORDER BY f.row_no
