-- Rejected rows as they came, with the reason and the column, and the persons and aid that belong to them.
WITH refused AS (
    SELECT f.row_no, f.file_no, f.district_code, f.rejected, h.occurrence,
        CASE f.rejected
            WHEN 'no_isirumah_berulang' THEN 'no_isirumah' WHEN 'no_isirumah_kosong' THEN 'no_isirumah'
            WHEN 'daerah_tidak_dikenali' THEN CASE WHEN h.state_code IS NULL THEN 'negeri' ELSE 'daerah' END
            WHEN 'strata_tidak_dikenali' THEN 'strata'
            WHEN 'tiada_kir' THEN 'hubungan' WHEN 'lebih_satu_kir' THEN 'hubungan'
            ELSE (SELECT CASE
                    WHEN p.employment_rm IS NULL OR p.employment_rm < 0 THEN 'pendapatan_gaji'
                    WHEN p.self_employment_rm IS NULL OR p.self_employment_rm < 0 THEN 'pendapatan_sendiri'
                    WHEN p.property_rm IS NULL OR p.property_rm < 0 THEN 'pendapatan_harta'
                    ELSE 'pendapatan_pindahan' END
                  FROM read_person AS p
                  WHERE p.household_row = f.row_no AND (
                    (f.rejected = 'pendapatan_bukan_nombor' AND (p.employment_rm IS NULL OR p.self_employment_rm IS NULL
                        OR p.property_rm IS NULL OR p.transfers_rm IS NULL))
                    OR (f.rejected = 'pendapatan_negatif'
                        AND least(p.employment_rm, p.self_employment_rm, p.property_rm, p.transfers_rm) < 0))
                  ORDER BY p.row_no LIMIT 1)
        END AS column_name
    FROM fate AS f JOIN read_household AS h ON h.row_no = f.row_no
    WHERE f.rejected IS NOT NULL
)
INSERT INTO delivery_row (delivery_id, district_code, file, row_no, household_no, code, column_name, raw)
SELECT :delivery_id, r.district_code, 'isirumah', r.row_no, coalesce(r.file_no, ''), r.rejected, r.column_name,
    jsonb_strip_nulls(to_jsonb(s) - 'row_no')
FROM refused AS r JOIN stage_isirumah AS s ON s.row_no = r.row_no
UNION ALL
SELECT :delivery_id, r.district_code, 'ahli', p.row_no, r.file_no, r.rejected, r.column_name,
    jsonb_strip_nulls(to_jsonb(s) - 'row_no')
FROM refused AS r
JOIN read_person AS p ON p.household_row = r.row_no
JOIN stage_ahli AS s ON s.row_no = p.row_no
UNION ALL
SELECT :delivery_id, r.district_code, 'bantuan', s.row_no, r.file_no, r.rejected, r.column_name,
    jsonb_strip_nulls(to_jsonb(s) - 'row_no')
FROM refused AS r
JOIN stage_bantuan AS s ON upper(btrim(s.no_isirumah)) = r.file_no AND r.occurrence = 1
UNION ALL
SELECT :delivery_id, NULL, 'ahli', p.row_no, coalesce(upper(btrim(s.no_isirumah)), ''), 'ahli_tanpa_isirumah',
    'no_isirumah', jsonb_strip_nulls(to_jsonb(s) - 'row_no')
FROM read_person AS p JOIN stage_ahli AS s ON s.row_no = p.row_no
WHERE p.household_row IS NULL
UNION ALL
SELECT :delivery_id, NULL, 'bantuan', s.row_no, coalesce(upper(btrim(s.no_isirumah)), ''), 'bantuan_tanpa_isirumah',
    'no_isirumah', jsonb_strip_nulls(to_jsonb(s) - 'row_no')
FROM stage_bantuan AS s
WHERE NOT EXISTS (SELECT FROM read_household AS h WHERE h.file_no = upper(btrim(s.no_isirumah)))
