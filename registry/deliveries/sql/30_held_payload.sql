-- What the delivery says about each household that waits for an officer, and the key of its head's name.
CREATE TEMP TABLE waiting ON COMMIT DROP AS
WITH held AS (
    SELECT * FROM fate WHERE held IS NOT NULL
), persons AS (
    SELECT h.row_no, jsonb_agg(jsonb_strip_nulls(to_jsonb(t) - 'row_no') ORDER BY t.row_no) AS raw,
        min(name_key(t.nama)) FILTER (WHERE p.is_head) AS head_key
    FROM held AS h
    JOIN read_person AS p ON p.household_row = h.row_no
    JOIN stage_ahli AS t ON t.row_no = p.row_no
    GROUP BY h.row_no
), aid AS (
    SELECT h.row_no, jsonb_agg(jsonb_strip_nulls(to_jsonb(b) - 'row_no') ORDER BY b.row_no) AS raw
    FROM held AS h
    JOIN stage_bantuan AS b ON upper(btrim(b.no_isirumah)) = h.file_no
    GROUP BY h.row_no
)
SELECT h.file_no, h.district_code, h.held, h.conflicting_file_no, persons.head_key, jsonb_build_object(
    'isirumah', jsonb_strip_nulls(to_jsonb(s) - 'row_no'),
    'ahli', persons.raw,
    'bantuan', coalesce(aid.raw, '[]')) AS payload
FROM held AS h
JOIN stage_isirumah AS s ON s.row_no = h.row_no
JOIN persons ON persons.row_no = h.row_no
LEFT JOIN aid ON aid.row_no = h.row_no
