-- The file of a photograph that who is acting sees.
-- grain:   one row
-- params:  photo
-- columns: name
-- row:     ProjectPhotoFileRow
SELECT f.name FROM ekasih.project_photo AS f WHERE f.id = :photo
