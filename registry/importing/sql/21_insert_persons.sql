-- Persons.
INSERT INTO person (id, household_id, district_code, member_no, is_head, name, name_key, id_no, id_kind, sex, birth_date,
    relationship, ethnicity, religion, marital_status, citizen, education_level, in_school, skill, employment_status,
    disability, chronic_illness)
SELECT p.id, p.household_id, p.district_code, p.member_no, p.is_head, btrim(s.nama), name_key(s.nama), p.id_no,
    CASE WHEN p.id_no ~ '^\d{12}$' THEN 'mykad' WHEN p.id_no IS NOT NULL THEN 'other' END, p.sex, p.birth_date,
    CASE WHEN p.is_head THEN 'KIR' ELSE btrim(s.hubungan) END, nullif(btrim(s.etnik), ''), nullif(btrim(s.agama), ''),
    nullif(btrim(s.taraf_kahwin), ''), read_yes_no(s.warganegara), nullif(btrim(s.tahap_pendidikan), ''),
    read_yes_no(s.bersekolah), nullif(btrim(s.kemahiran), ''), nullif(btrim(s.status_pekerjaan), ''),
    nullif(btrim(s.oku), ''), nullif(btrim(s.penyakit_kronik), '')
FROM placed_person AS p
JOIN stage_ahli AS s ON s.row_no = p.row_no
