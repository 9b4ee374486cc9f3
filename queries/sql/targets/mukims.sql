-- The mukim of the own districts, with their districts.
-- grain:   one row per mukim
-- params:
-- columns: code, name, district_name
-- row:     MukimChoiceRow
SELECT m.code, m.name, d.name AS district_name
FROM ekasih.area AS m
JOIN ekasih.area AS d ON d.code = left(m.code, 4) AND d.level = 'district'
WHERE m.level = 'mukim' AND (ekasih.target_reach() IS NULL OR d.code = ANY (ekasih.target_reach()))
ORDER BY d.name, m.name, m.code
