-- Aid already received; a row without agency or programme says nothing.
INSERT INTO aid_received (household_id, person_id, agency, programme, given_on, amount_rm, frequency)
SELECT a.id, p.id, coalesce(nullif(btrim(s.agensi), ''), '-'), coalesce(nullif(btrim(s.program), ''), '-'),
    read_date(s.tarikh), CASE WHEN btrim(s.amaun) <> '' THEN read_money(s.amaun) END, nullif(btrim(s.kekerapan), '')
FROM (SELECT *, upper(btrim(no_isirumah)) AS file_no, read_id_no(no_kp) AS id_no FROM stage_bantuan) AS s
JOIN accepted AS a ON a.file_no = s.file_no AND NOT a.unchanged
LEFT JOIN placed_person AS p ON p.household_id = a.id AND p.id_no = s.id_no
WHERE coalesce(nullif(btrim(s.agensi), ''), nullif(btrim(s.program), '')) IS NOT NULL
