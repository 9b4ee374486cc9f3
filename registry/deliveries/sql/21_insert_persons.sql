-- Persons who are new.
INSERT INTO person (id, household_id, district_code, member_no, is_head, name, name_key, id_no, id_kind, sex, birth_date,
    relationship, ethnicity, religion, marital_status, citizen, education_level, in_school, skill, employment_status,
    disability, chronic_illness)
SELECT p.id, a.id, a.district_code, p.member_no, p.is_head, p.name, coalesce(p.name_key, ''), p.id_no, p.id_kind, p.sex,
    p.birth_date, p.relationship, p.ethnicity, p.religion, p.marital_status, p.citizen, p.education_level, p.in_school,
    p.skill, p.employment_status, p.disability, p.chronic_illness
FROM read_person AS p
JOIN accepted AS a ON a.row_no = p.household_row AND NOT a.unchanged
WHERE NOT EXISTS (SELECT FROM same_person AS s WHERE s.row_no = p.row_no)
