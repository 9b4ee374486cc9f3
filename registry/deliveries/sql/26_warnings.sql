-- What is missing or odd about the accepted households, each with the person it is about.
CREATE TEMP TABLE warning ON COMMIT DROP AS
SELECT a.id AS household_id, a.district_code, NULL::smallint AS member_no, found.code, found.detail
FROM accepted AS a
JOIN stage_isirumah AS s ON s.row_no = a.row_no
JOIN read_household AS h ON h.row_no = a.row_no
CROSS JOIN LATERAL (
    SELECT 'koordinat_terbalik' AS code, '{}'::jsonb AS detail WHERE a.is_swapped
    UNION ALL SELECT 'koordinat_luar_malaysia', '{}' WHERE a.is_outside
    UNION ALL SELECT 'koordinat_luar_daerah', jsonb_build_object('metres', a.outside_district_m)
        WHERE a.outside_district_m > (SELECT accuracy_m FROM boundary_set WHERE level = 'district' AND active)
    UNION ALL SELECT 'mukim_tidak_dikenali', jsonb_build_object('mukim', btrim(s.mukim)) WHERE a.mukim_unknown
    UNION ALL SELECT 'poskod_luar_negeri', jsonb_build_object('poskod', a.postcode)
        WHERE EXISTS (SELECT FROM postcode_state AS p WHERE p.postcode = a.postcode)
            AND NOT EXISTS (SELECT FROM postcode_state AS p WHERE p.postcode = a.postcode AND p.state_code = a.state_code)
    UNION ALL SELECT 'tarikh_banci_tidak_sah', '{}' WHERE h.census_date IS NULL
) AS found
WHERE NOT a.unchanged
UNION ALL
SELECT a.id, a.district_code, p.member_no, 'mykad_tarikh_tidak_padan', '{}'
FROM read_person AS p
JOIN accepted AS a ON a.row_no = p.household_row AND NOT a.unchanged
WHERE p.id_kind = 'mykad' AND to_char(p.birth_date, 'YYMMDD') <> left(p.id_no, 6)
UNION ALL
SELECT a.id, a.district_code, p.member_no, 'mykad_jantina_tidak_padan', '{}'
FROM read_person AS p
JOIN accepted AS a ON a.row_no = p.household_row AND NOT a.unchanged
WHERE CASE WHEN p.id_kind = 'mykad'
    THEN p.sex <> CASE right(p.id_no, 1)::integer % 2 WHEN 1 THEN 'male' ELSE 'female' END END
