-- Persons as they are understood, each with the household row it belongs to: the first of its number.
CREATE TEMP TABLE read_person ON COMMIT DROP AS
SELECT
    r.*,
    length(r.id_no) = 12 AND translate(r.id_no, '0123456789', '') = '' AS has_mykad,
    r.employment_rm + r.self_employment_rm + r.property_rm + r.transfers_rm AS income_rm,
    row_number() OVER (PARTITION BY r.household_row ORDER BY r.declared_no, r.row_no) AS member_no
FROM (
    SELECT
        s.row_no,
        coalesce(again.household_row, h.row_no) AS household_row,
        h.census_date,
        CASE WHEN s.no_ahli ~ '^\s*[0-9]{1,4}\s*$' THEN s.no_ahli::integer END AS declared_no,
        read_id_no(s.no_kp) AS id_no,
        coalesce(s.hubungan = 'KIR' OR lower(btrim(s.hubungan)) IN ('kir', 'ketua', 'ketua isi rumah',
            'ketua isi rumah (kir)', 'ketua keluarga', 'head', 'head of household'), false) AS is_head,
        read_sex(s.jantina) AS sex,
        read_date(s.tarikh_lahir) AS birth_date,
        round(read_money(s.pendapatan_gaji), 2) AS employment_rm,
        round(read_money(s.pendapatan_sendiri), 2) AS self_employment_rm,
        round(read_money(s.pendapatan_harta), 2) AS property_rm,
        round(read_money(s.pendapatan_pindahan), 2) AS transfers_rm
    FROM stage_ahli AS s
    LEFT JOIN read_household AS h ON h.file_no = upper(btrim(s.no_isirumah)) AND h.occurrence = 1
    LEFT JOIN repeated AS again ON again.row_no = s.row_no
    -- each value is read once, however often it is used above
    OFFSET 0
) AS r
