-- Aid already received; a row without agency or programme says nothing.
INSERT INTO aid_received (household_id, person_id, agency, programme, given_on, amount_rm, frequency)
SELECT a.id, p.id, coalesce(nullif(btrim(s.agensi), ''), '-'), coalesce(nullif(btrim(s.program), ''), '-'),
    read_date(s.tarikh), CASE WHEN btrim(s.amaun) <> '' THEN read_money(s.amaun) END, nullif(btrim(s.kekerapan), '')
FROM stage_bantuan AS s
JOIN read_household AS h ON h.file_no = upper(btrim(s.no_isirumah)) AND h.occurrence = 1
JOIN accepted AS a ON a.row_no = h.row_no AND NOT a.unchanged
LEFT JOIN placed_person AS p ON p.household_id = a.id AND p.id_no = read_id_no(s.no_kp)
WHERE coalesce(nullif(btrim(s.agensi), ''), nullif(btrim(s.program), '')) IS NOT NULL
