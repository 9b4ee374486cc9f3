-- The offices that who is acting works in.
-- grain:   one row per office
-- params:
-- columns: code, office_ms, office_en, territory
-- row:     OwnOfficeRow
SELECT o.code, o.name_ms AS office_ms, o.name_en AS office_en, o.territory
FROM ekasih.office AS o
WHERE ekasih.works_in_office(o.code)
ORDER BY o.code
