-- Persons as they are understood, each with the household row it belongs to: the first of its number.
CREATE TEMP TABLE read_person ON COMMIT DROP AS
SELECT
    s.row_no,
    h.row_no AS household_row,
    h.census_date,
    read_id_no(s.no_kp) AS id_no,
    lower(btrim(s.hubungan)) IN ('kir', 'ketua isi rumah', 'ketua', 'ketua isi rumah (kir)', 'head') AS is_head,
    read_sex(s.jantina) AS sex,
    read_date(s.tarikh_lahir) AS birth_date,
    read_money(s.pendapatan_gaji) AS employment_rm,
    read_money(s.pendapatan_sendiri) AS self_employment_rm,
    read_money(s.pendapatan_harta) AS property_rm,
    read_money(s.pendapatan_pindahan) AS transfers_rm,
    row_number() OVER (PARTITION BY h.row_no ORDER BY
        CASE WHEN btrim(s.no_ahli) ~ '^\d{1,4}$' THEN btrim(s.no_ahli)::integer END, s.row_no) AS member_no
FROM stage_ahli AS s
LEFT JOIN read_household AS h ON h.file_no = upper(btrim(s.no_isirumah)) AND h.occurrence = 1
