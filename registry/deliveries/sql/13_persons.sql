-- The persons of the accepted households as they will be registered, with ids that their incomes use next.
CREATE TEMP TABLE placed_person ON COMMIT DROP AS
SELECT
    nextval('person_id_seq') AS id, a.id AS household_id, a.district_code, p.member_no::smallint, p.is_head,
    coalesce(btrim(s.nama), '') AS name, coalesce(name_key(s.nama), '') AS name_key, p.id_no,
    CASE WHEN p.has_mykad THEN 'mykad' WHEN p.id_no IS NOT NULL THEN 'other' END AS id_kind,
    p.sex, p.birth_date, CASE WHEN p.is_head THEN 'KIR' ELSE coalesce(btrim(s.hubungan), '') END AS relationship,
    nullif(btrim(s.etnik), '') AS ethnicity, nullif(btrim(s.agama), '') AS religion,
    nullif(btrim(s.taraf_kahwin), '') AS marital_status, read_yes_no(s.warganegara) AS citizen,
    nullif(btrim(s.tahap_pendidikan), '') AS education_level, read_yes_no(s.bersekolah) AS in_school,
    nullif(btrim(s.kemahiran), '') AS skill, nullif(btrim(s.status_pekerjaan), '') AS employment_status,
    nullif(btrim(s.oku), '') AS disability, nullif(btrim(s.penyakit_kronik), '') AS chronic_illness,
    p.employment_rm, p.self_employment_rm, p.property_rm, p.transfers_rm
FROM read_person AS p
JOIN accepted AS a ON a.row_no = p.household_row
JOIN stage_ahli AS s ON s.row_no = p.row_no
