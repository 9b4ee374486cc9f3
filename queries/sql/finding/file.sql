-- The household of a file number, as far as the acting user may see it.
-- grain:   at most one row
-- params:  file_no
-- columns: household_id, file_no, head_name, status, district_name, mukim_name?
-- row:     HouseholdRow
SELECT h.id AS household_id, h.file_no, h.head_name, h.status, district.name AS district_name, mukim.name AS mukim_name
FROM ekasih.household AS h
JOIN ekasih.area AS district ON district.code = h.district_code
LEFT JOIN ekasih.area AS mukim ON mukim.code = h.mukim_code
WHERE h.file_no = CAST(:file_no AS text)
