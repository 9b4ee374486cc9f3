-- Aid already received, as it will be registered; a row without agency and programme says nothing.
CREATE TEMP TABLE placed_aid ON COMMIT DROP AS
SELECT a.id AS household_id, p.id AS person_id, p.member_no, coalesce(nullif(btrim(s.agensi), ''), '-') AS agency,
    coalesce(nullif(btrim(s.program), ''), '-') AS programme, read_date(s.tarikh) AS given_on,
    CASE WHEN btrim(s.amaun) <> '' THEN round(read_money(s.amaun), 2) END AS amount_rm,
    nullif(btrim(s.kekerapan), '') AS frequency
FROM (SELECT *, upper(btrim(no_isirumah)) AS file_no, read_id_no(no_kp) AS id_no FROM stage_bantuan OFFSET 0) AS s
JOIN accepted AS a ON a.file_no = s.file_no
-- a number that a household names twice is one person's
LEFT JOIN LATERAL (
    SELECT min(r.id) AS id, min(r.member_no) AS member_no
    FROM read_person AS r WHERE r.household_row = a.row_no AND r.id_no = s.id_no
) AS p ON true
WHERE coalesce(nullif(btrim(s.agensi), ''), nullif(btrim(s.program), '')) IS NOT NULL
