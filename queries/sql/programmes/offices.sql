-- The offices of every agency.
-- grain:   one row per office
-- params:
-- columns: code, office_ms, office_en, agency_code, agency_ms, agency_en, areas, valid_from?, valid_until?
-- row:     OfficeRow
SELECT o.code, o.name_ms AS office_ms, o.name_en AS office_en, a.code AS agency_code,
    a.name_ms AS agency_ms, a.name_en AS agency_en,
    ARRAY(SELECT area.name FROM ekasih.area WHERE area.code = ANY (o.territory) ORDER BY area.code) AS areas,
    o.valid_from, o.valid_until
FROM ekasih.office AS o
JOIN ekasih.agency AS a ON a.id = o.agency_id
ORDER BY a.code, o.code
