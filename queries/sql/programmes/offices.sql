-- The offices of every agency.
-- grain:   one row per office
-- params:
-- columns: code, office_ms, office_en, agency_ms, agency_en
-- row:     OfficeRow
SELECT o.code, o.name_ms AS office_ms, o.name_en AS office_en, a.name_ms AS agency_ms, a.name_en AS agency_en
FROM ekasih.office AS o
JOIN ekasih.agency AS a ON a.id = o.agency_id
ORDER BY a.code, o.code
