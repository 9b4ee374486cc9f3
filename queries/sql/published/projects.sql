-- How many projects of each type there are, by state or district, as it may be told to everybody: rounded, hidden ones empty.
-- grain:   one row per area and type
-- params:  level
-- columns: area_code, area_name, state_name?, type_ms, type_en, projects?
-- row:     PublishedProjectRow
SELECT area.code AS area_code, area.name AS area_name, s.name AS state_name, t.name_ms AS type_ms, t.name_en AS type_en, p.projects
FROM ekasih.published_project AS p
JOIN ekasih.area ON area.code = p.area_code AND area.level = CAST(:level AS text)
LEFT JOIN ekasih.area AS s ON s.code = left(area.code, 2)
JOIN ekasih.project_type AS t ON t.code = p.type_code
ORDER BY area.code, t.code
