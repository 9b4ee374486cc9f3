-- Rows of aid that are held and that who is acting settles, the newest delivery first.
-- grain:   one row per held row; total counts all of the filters
-- params:  code, agency, district, row_limit, row_offset
-- columns: row_id, reference, code, reversal, agency_code, agency_ms, agency_en, programme_ms?, programme_en?, given_name?, day?, amount_rm?, district_code?, district_name?, delivered_on, file_no?, total
-- row:     HeldRow
SELECT r.id AS row_id, r.reference, r.code, r.reversal, a.code AS agency_code, a.name_ms AS agency_ms, a.name_en AS agency_en,
    p.name_ms AS programme_ms, p.name_en AS programme_en, r.given ->> 'nama' AS given_name, r.day, r.amount_rm,
    r.district_code, district.name AS district_name, d.made_on AS delivered_on, h.file_no, count(*) OVER () AS total
FROM ekasih.aid_row AS r
JOIN ekasih.aid_delivery_day AS d ON d.delivery_id = r.delivery_id
JOIN ekasih.agency AS a ON a.id = r.agency_id
LEFT JOIN ekasih.aid_kind AS k ON k.id = r.kind_id
LEFT JOIN ekasih.aid_programme AS p ON p.id = k.programme_id
LEFT JOIN ekasih.area AS district ON district.code = r.district_code
LEFT JOIN ekasih.household AS h ON h.id = r.household_id
WHERE r.fate = 'held'
