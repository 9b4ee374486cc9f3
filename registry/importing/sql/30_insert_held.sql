-- The review queue: everything the delivery says about a household that waits for an officer.
INSERT INTO held_household (delivery_id, household_no, district_code, code, conflicting_file_no, payload)
SELECT :delivery_id, f.file_no, f.district_code, f.held, f.conflicting_file_no, jsonb_build_object(
    'isirumah', jsonb_strip_nulls(to_jsonb(s) - 'row_no'),
    'ahli', (SELECT jsonb_agg(jsonb_strip_nulls(to_jsonb(t) - 'row_no') ORDER BY t.row_no)
             FROM read_person AS p JOIN stage_ahli AS t ON t.row_no = p.row_no WHERE p.household_row = f.row_no),
    'bantuan', coalesce((SELECT jsonb_agg(jsonb_strip_nulls(to_jsonb(b) - 'row_no') ORDER BY b.row_no)
                FROM stage_bantuan AS b WHERE upper(btrim(b.no_isirumah)) = f.file_no), '[]'))
FROM fate AS f
JOIN stage_isirumah AS s ON s.row_no = f.row_no
WHERE f.held IS NOT NULL
