-- The offices of the projects that who is acting reads.
-- grain:   one row per office
-- params:
-- columns: code, office_ms, office_en
-- row:     ProjectOfficeRow
SELECT o.code, o.name_ms AS office_ms, o.name_en AS office_en FROM ekasih.office AS o
WHERE EXISTS (SELECT FROM ekasih.project AS p WHERE p.agency_id = o.agency_id AND p.office_code = o.code)
ORDER BY o.code
