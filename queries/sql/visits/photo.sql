-- The file of a photograph that the acting user may see.
-- grain:   one row, or none
-- params:  photo
-- columns: name, sha256, bytes
-- row:     PhotoRow
SELECT p.name, p.sha256, p.bytes
FROM ekasih.visit_photo AS p
WHERE p.id = :photo
