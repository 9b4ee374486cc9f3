-- The offices that who is acting works for.
-- grain:   one row per office
-- params:
-- columns: code, office_ms, office_en
-- row:     MyOfficeRow
SELECT o.code, o.name_ms AS office_ms, o.name_en AS office_en FROM ekasih.office AS o
WHERE ekasih.acts_for_office(o.code)
ORDER BY o.code
