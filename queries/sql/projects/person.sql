-- Who a project is for where they were not in the register when it was opened.
-- grain:   one row; none where it was opened for households
-- params:  project
-- columns: name, address, joined_at?
-- row:     ProjectPersonRow
SELECT n.name, n.address, n.joined_at FROM ekasih.project AS p JOIN ekasih.project_person AS n ON n.project_id = p.id
WHERE p.number = :project
