-- Projects of each type that were not refused or called off, by state and district, and in the country.
-- grain:   one row per area and type with any
-- params:
-- columns: area_code, type_code, projects
SELECT area.code AS area_code, p.type_code, count(*) AS projects
FROM ekasih.project AS p
CROSS JOIN LATERAL (VALUES ('MY'), (left(p.district_code, 2)), (p.district_code)) AS area (code)
WHERE p.state NOT IN ('ditolak', 'dibatalkan')
GROUP BY area.code, p.type_code
