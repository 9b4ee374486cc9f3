-- The newest photograph of each phase of a household's projects, as far as who is acting reads them.
-- grain:   one row per project and phase
-- params:  household
-- columns: number, photo_id, phase, day, milestone_ms?, milestone_en?
-- row:     HouseholdPhotoRow
SELECT DISTINCT ON (p.id, f.phase) p.number, f.id AS photo_id, f.phase, f.day, m.name_ms AS milestone_ms, m.name_en AS milestone_en
FROM ekasih.project_household AS l
JOIN ekasih.project AS p ON p.id = l.project_id
JOIN ekasih.project_photo AS f ON f.project_id = p.id
LEFT JOIN ekasih.project_milestone AS m ON m.project_id = p.id AND m.position = f.position
WHERE l.household_id = :household
ORDER BY p.id, f.phase, f.day DESC, f.id DESC
