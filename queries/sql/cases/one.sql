-- One case with its form, the names of its areas and people, and what was held back with the record it conflicts with.
-- grain:   one row, or none where there is no such case for the acting user
-- params:  case_id
-- columns: case_id, number, channel, state, state_ms, state_en, is_open, version, head_name, reporter_name?, reporter_phone?, reporter_relation?, district_code, district_name, mukim_code?, mukim_name?, draft, household_id?, file_no?, household_status?, assigned_to?, assigned_name?, due_on, overdue, created_at, updated_at, held_code?, held_file_no?, conflicting_file_no?, conflicting_id?, conflicting_district?, intake_reference?
-- row:     CaseRow
SELECT c.id AS case_id, c.number, c.channel, c.state, s.name_ms AS state_ms, s.name_en AS state_en, s.is_open, c.version,
    c.head_name, c.reporter_name, c.reporter_phone, c.reporter_relation, c.district_code, district.name AS district_name,
    c.mukim_code, mukim.name AS mukim_name, c.draft, c.household_id, h.file_no, h.status AS household_status,
    c.assigned_to, ekasih.name_of_user(c.assigned_to) AS assigned_name,
    coalesce(c.due_on, CAST(c.created_at AS date) + 30) AS due_on,
    s.is_open AND coalesce(c.due_on, CAST(c.created_at AS date) + 30) < current_date AS overdue,
    c.created_at, c.updated_at, w.code AS held_code, w.household_no AS held_file_no, w.conflicting_file_no,
    known.id AS conflicting_id, office.name AS conflicting_district,
    (SELECT min(i.reference) FROM ekasih.intake AS i WHERE i.case_id = c.id AND i.main_id IS NULL) AS intake_reference
FROM ekasih.case_file AS c
JOIN ekasih.case_state AS s ON s.code = c.state
JOIN ekasih.area AS district ON district.code = c.district_code
LEFT JOIN ekasih.area AS mukim ON mukim.code = c.mukim_code
LEFT JOIN ekasih.household AS h ON h.id = c.household_id
LEFT JOIN ekasih.held_household AS w ON w.id = c.held_id
LEFT JOIN ekasih.household AS known ON known.file_no = w.conflicting_file_no
LEFT JOIN ekasih.area AS office ON office.code = ekasih.district_of_file(w.conflicting_file_no)
WHERE c.id = :case_id
