-- The mukim of a district, for a filter or a form; the rest of the district without a mukim is among them.
-- grain:   one row per mukim, by name
-- params:  district
-- columns: code, name
-- row:     MukimRow
SELECT area.code, area.name
FROM ekasih.area AS area
WHERE area.level = 'mukim' AND area.parent_code = CAST(:district AS text)
ORDER BY area.code = CAST(:district AS text) || '00', area.name
