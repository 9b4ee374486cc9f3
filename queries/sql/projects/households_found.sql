-- The household of a file number that who is acting sees.
-- grain:   one row
-- params:  file_no
-- columns: household_id, file_no, head_name
-- row:     FoundForProjectRow
SELECT h.id AS household_id, h.file_no, h.head_name FROM ekasih.household AS h WHERE h.file_no = :file_no
