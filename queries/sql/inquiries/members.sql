-- The household that codes are for, and its members.
-- grain:   one row per member
-- params:  household
-- columns: file_no, head_name, member_no, name, has_number
-- row:     CodeMemberRow
SELECT h.file_no, h.head_name, p.member_no, p.name, p.id_no IS NOT NULL AS has_number
FROM ekasih.household AS h JOIN ekasih.person AS p ON p.household_id = h.id
WHERE h.id = :household AND h.exited_on IS NULL
ORDER BY p.member_no
