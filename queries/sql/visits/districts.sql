-- The districts in which cases wait to be given to an officer, as far as the acting user sees them.
-- grain:   one row per district, by name
-- params:
-- columns: code, name, cases
-- row:     DistrictRow
SELECT district.code, district.name, count(*) AS cases
FROM ekasih.case_file AS c
JOIN ekasih.area AS district ON district.code = c.district_code
WHERE c.state IN ('received', 'returned', 'due')
GROUP BY district.code, district.name
ORDER BY district.name
