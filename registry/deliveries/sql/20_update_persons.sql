-- Persons whom the delivery tells of again, as it tells of them.
UPDATE person AS p
SET member_no = r.member_no, is_head = r.is_head, name = r.name, name_key = coalesce(r.name_key, ''), id_no = r.id_no,
    id_kind = r.id_kind, sex = r.sex, birth_date = r.birth_date, relationship = r.relationship, ethnicity = r.ethnicity,
    religion = r.religion, marital_status = r.marital_status, citizen = r.citizen, education_level = r.education_level,
    in_school = r.in_school, skill = r.skill, employment_status = r.employment_status, disability = r.disability,
    chronic_illness = r.chronic_illness
FROM read_person AS r
JOIN same_person AS s ON s.row_no = r.row_no
JOIN accepted AS a ON a.row_no = r.household_row AND NOT a.unchanged
WHERE p.id = r.id
