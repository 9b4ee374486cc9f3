-- One form of the public as its office reads it.
-- grain:   one row
-- params:  intake_reference
-- columns: form_id, reference, kind, state, district_code, district_name, mukim_name?, urgent, answers, marks, id_no?, phone?, latitude?, longitude?, told, main_reference?, case_id?, case_no?, household_id?, file_no?, assigned_name?, mine, sent_at, looked, due_on, moved_on, erased_on?, version
-- row:     IntakeRow
SELECT i.id AS form_id, i.reference, i.kind, i.state, i.district_code, d.name AS district_name, m.name AS mukim_name, i.urgent, i.answers,
    i.marks, i.id_no, i.phone, public.ST_Y(i.geom) AS latitude, public.ST_X(i.geom) AS longitude, i.told, main.reference AS main_reference,
    c.id AS case_id, c.number AS case_no, h.id AS household_id, h.file_no, ekasih.name_of_user(i.assigned_to) AS assigned_name,
    coalesce(i.assigned_to = ekasih.acting_user(), false) AS mine, i.sent_at, i.looked_at IS NOT NULL AS looked, i.due_on, i.moved_on,
    i.erased_on, i.version
FROM ekasih.intake AS i
JOIN ekasih.area AS d ON d.code = i.district_code
LEFT JOIN ekasih.area AS m ON m.code = i.mukim_code
LEFT JOIN ekasih.intake AS main ON main.id = i.main_id
LEFT JOIN ekasih.case_file AS c ON c.id = i.case_id
LEFT JOIN ekasih.household AS h ON h.id = i.household_id
WHERE i.reference = :intake_reference
