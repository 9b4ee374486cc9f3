-- The photographs of a project, in the order of their days.
-- grain:   one row per photograph
-- params:  project
-- columns: photo_id, phase, position?, day, longitude?, latitude?, width, height, added_by
-- row:     ProjectPhotoRow
SELECT f.id AS photo_id, f.phase, f.position, f.day, f.longitude, f.latitude, f.width, f.height, f.added_by
FROM ekasih.project_photo AS f
JOIN ekasih.project AS p ON p.id = f.project_id
WHERE p.number = :project
ORDER BY f.day, f.id
