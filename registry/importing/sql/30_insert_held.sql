-- The review queue: everything the delivery says about a household that waits for an officer.
WITH waiting AS (
    SELECT * FROM fate WHERE held IS NOT NULL
), persons AS (
    SELECT w.row_no, jsonb_agg(jsonb_strip_nulls(to_jsonb(t) - 'row_no') ORDER BY t.row_no) AS raw
    FROM waiting AS w
    JOIN read_person AS p ON p.household_row = w.row_no
    JOIN stage_ahli AS t ON t.row_no = p.row_no
    GROUP BY w.row_no
), aid AS (
    SELECT w.row_no, jsonb_agg(jsonb_strip_nulls(to_jsonb(b) - 'row_no') ORDER BY b.row_no) AS raw
    FROM stage_bantuan AS b JOIN waiting AS w ON w.file_no = upper(btrim(b.no_isirumah))
    GROUP BY w.row_no
)
INSERT INTO held_household (delivery_id, household_no, district_code, code, conflicting_file_no, payload)
SELECT :delivery_id, w.file_no, w.district_code, w.held, w.conflicting_file_no, jsonb_build_object(
    'isirumah', jsonb_strip_nulls(to_jsonb(s) - 'row_no'),
    'ahli', persons.raw,
    'bantuan', coalesce(aid.raw, '[]'))
FROM waiting AS w
JOIN stage_isirumah AS s ON s.row_no = w.row_no
LEFT JOIN persons ON persons.row_no = w.row_no
LEFT JOIN aid ON aid.row_no = w.row_no
