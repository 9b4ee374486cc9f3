-- What becomes of each household row before duplicates are looked for: the reason for which it is rejected, or none.
CREATE TEMP TABLE fate ON COMMIT DROP AS
SELECT
    h.row_no, h.file_no, h.state_code, h.district_code,
    CASE
        WHEN h.file_no = '' OR h.file_no IS NULL THEN 'no_isirumah_kosong'
        WHEN h.occurrence > 1 THEN 'no_isirumah_berulang'
        WHEN h.district_code IS NULL THEN 'daerah_tidak_dikenali'
        WHEN h.strata IS NULL THEN 'strata_tidak_dikenali'
        WHEN coalesce(m.heads, 0) = 0 THEN 'tiada_kir'
        WHEN m.heads > 1 THEN 'lebih_satu_kir'
        WHEN m.not_a_number THEN 'pendapatan_bukan_nombor'
        WHEN m.negative THEN 'pendapatan_negatif'
    END AS rejected,
    NULL::text AS held,
    NULL::text AS conflicting_file_no,
    registered.id AS registered_id
FROM read_household AS h
LEFT JOIN members AS m ON m.household_row = h.row_no AND h.occurrence = 1
LEFT JOIN household AS registered ON registered.file_no = h.file_no
