-- Every agency, in the order of its code.
-- grain:   one row per agency
-- params:
-- columns: agency_id, code, agency_ms, agency_en, kind, areas, fiscal_month, manages
-- row:     AgencyRow
SELECT a.id AS agency_id, a.code, a.name_ms AS agency_ms, a.name_en AS agency_en, a.kind, a.areas, a.fiscal_month,
    ekasih.manages_programmes_of(a.id) AS manages
FROM ekasih.agency AS a
ORDER BY a.code
