-- The need of each mukim of an office's places against what was done in a year.
-- grain:   one row per mukim
-- params:  office, year
-- columns: mukim_code?, mukim_name?, district_name, poor, tegar, aided
-- row:     OfficeMukimRow
SELECT o.mukim_code, m.name AS mukim_name, d.name AS district_name, o.poor, o.tegar, o.aided
FROM ekasih.office_mukims(:office, CAST(:year AS integer)) AS o
JOIN ekasih.area AS d ON d.code = o.district_code
LEFT JOIN ekasih.area AS m ON m.code = o.mukim_code
ORDER BY o.poor - o.aided DESC, m.name
