-- Persons as they are understood, each with the household row it belongs to: the first of its number. Every value is read
-- once, here; they are stored from this table, with the ids that it gives them.
CREATE TEMP TABLE read_person ON COMMIT DROP AS
SELECT
    nextval('person_id_seq') AS id,
    r.*,
    CASE WHEN r.has_mykad THEN 'mykad' WHEN r.id_no IS NOT NULL THEN 'other' END AS id_kind,
    r.employment_rm + r.self_employment_rm + r.property_rm + r.transfers_rm AS income_rm,
    (row_number() OVER (PARTITION BY r.household_row ORDER BY r.declared_no, r.row_no))::smallint AS member_no
FROM (
    SELECT
        d.*,
        length(d.id_no) = 12 AND translate(d.id_no, '0123456789', '') = '' AS has_mykad,
        CASE WHEN d.is_head THEN 'KIR' ELSE coalesce(d.hubungan, '') END AS relationship
    FROM (
        SELECT
            s.row_no,
            coalesce(again.household_row, h.row_no) AS household_row,
            h.census_date,
            CASE WHEN s.no_ahli ~ '^\s*[0-9]{1,4}\s*$' THEN s.no_ahli::integer END AS declared_no,
            read_id_no(s.no_kp) AS id_no,
            btrim(s.hubungan) AS hubungan,
            coalesce(s.hubungan = 'KIR' OR lower(btrim(s.hubungan)) IN ('kir', 'ketua', 'ketua isi rumah',
                'ketua isi rumah (kir)', 'ketua keluarga', 'head', 'head of household'), false) AS is_head,
            coalesce(btrim(s.nama), '') AS name, name_key(s.nama) AS name_key,
            read_sex(s.jantina) AS sex,
            read_date(s.tarikh_lahir) AS birth_date,
            nullif(btrim(s.etnik), '') AS ethnicity, nullif(btrim(s.agama), '') AS religion,
            nullif(btrim(s.taraf_kahwin), '') AS marital_status, read_yes_no(s.warganegara) AS citizen,
            nullif(btrim(s.tahap_pendidikan), '') AS education_level, read_yes_no(s.bersekolah) AS in_school,
            nullif(btrim(s.kemahiran), '') AS skill, nullif(btrim(s.status_pekerjaan), '') AS employment_status,
            nullif(btrim(s.oku), '') AS disability, nullif(btrim(s.penyakit_kronik), '') AS chronic_illness,
            round(read_money(s.pendapatan_gaji), 2) AS employment_rm,
            round(read_money(s.pendapatan_sendiri), 2) AS self_employment_rm,
            round(read_money(s.pendapatan_harta), 2) AS property_rm,
            round(read_money(s.pendapatan_pindahan), 2) AS transfers_rm
        FROM stage_ahli AS s
        LEFT JOIN read_household AS h ON h.file_no = upper(btrim(s.no_isirumah)) AND h.occurrence = 1
        LEFT JOIN repeated AS again ON again.row_no = s.row_no
        -- each value is read once, however often it is used above
        OFFSET 0
    ) AS d
) AS r
