-- Rows of aid that are held and that who is acting settles, the newest first.
-- grain:   one row per held row; total counts all of the filters
-- params:  reason, agency, district, row_limit, row_offset
-- columns: row_id, reference, code, reversal, agency_code, agency_ms, agency_en, programme_ms?, programme_en?, given_name?, day?, amount_rm?, district_name?, total
-- row:     HeldRow
SELECT r.id AS row_id, r.reference, r.code, r.reversal, a.code AS agency_code, a.name_ms AS agency_ms, a.name_en AS agency_en,
    p.name_ms AS programme_ms, p.name_en AS programme_en, r.given ->> 'nama' AS given_name, r.day, r.amount_rm,
    district.name AS district_name, count(*) OVER () AS total
FROM ekasih.aid_row AS r
JOIN ekasih.agency AS a ON a.id = r.agency_id
LEFT JOIN ekasih.aid_kind AS k ON k.id = r.kind_id
LEFT JOIN ekasih.aid_programme AS p ON p.id = k.programme_id
LEFT JOIN ekasih.area AS district ON district.code = r.district_code
WHERE r.fate = 'held' AND (SELECT ekasih.acting_agency()) IS NULL
    AND (CAST(:reason AS text) IS NULL OR r.code = CAST(:reason AS text))
    AND (CAST(:agency AS text) IS NULL OR a.code = CAST(:agency AS text))
    AND (CAST(:district AS text) IS NULL OR r.district_code = CAST(:district AS text))
ORDER BY r.id DESC
LIMIT :row_limit OFFSET :row_offset
