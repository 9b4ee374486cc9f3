-- One row of aid that was held, with what its agency delivered and whom it was taken for.
-- grain:   one row, or none where it is not the acting user's to settle
-- params:  aid_row
-- columns: row_id, reference, code, fate, reversal, given, agency_ms, agency_en, programme_ms?, programme_en?, kind_ms?, kind_en?, need_ms?, need_en?, recipient?, exclusive?, once?, day?, begins?, ends?, amount_rm?, quantity?, unit?, district_name?, household_id?, person_id?, settled_by?, settled_at?, settled_reason?
-- row:     HeldOneRow
SELECT r.id AS row_id, r.reference, r.code, r.fate, r.reversal, r.given, a.name_ms AS agency_ms, a.name_en AS agency_en,
    p.name_ms AS programme_ms, p.name_en AS programme_en, k.name_ms AS kind_ms, k.name_en AS kind_en,
    n.name_ms AS need_ms, n.name_en AS need_en, k.recipient, n.exclusive, n.once, r.day, lower(r.period) AS begins,
    CASE WHEN upper_inf(r.period) THEN NULL ELSE upper(r.period) - 1 END AS ends, r.amount_rm, r.quantity,
    k.quantity_unit AS unit, district.name AS district_name, r.household_id, r.person_id, ekasih.name_of_user(r.settled_by) AS settled_by,
    r.settled_at, r.settled_reason
FROM ekasih.aid_row AS r
JOIN ekasih.agency AS a ON a.id = r.agency_id
LEFT JOIN ekasih.aid_kind AS k ON k.id = r.kind_id
LEFT JOIN ekasih.aid_programme AS p ON p.id = k.programme_id
LEFT JOIN ekasih.aid_need AS n ON n.code = k.need_code
LEFT JOIN ekasih.area AS district ON district.code = r.district_code
WHERE r.id = :aid_row AND r.fate <> 'rejected' AND (SELECT ekasih.acting_agency()) IS NULL
