-- The kinds of aid that are open today.
-- grain:   one row per kind
-- params:
-- columns: kind_id, kind_ms, kind_en, programme_code, programme_ms, programme_en, agency_code, agency_ms, agency_en, need_ms, need_en, recipient, coverage, ceiling_rm?
-- row:     OpenKindRow
SELECT k.id AS kind_id, k.name_ms AS kind_ms, k.name_en AS kind_en, p.code AS programme_code, p.name_ms AS programme_ms,
    p.name_en AS programme_en, g.code AS agency_code, g.name_ms AS agency_ms, g.name_en AS agency_en, n.name_ms AS need_ms,
    n.name_en AS need_en, k.recipient, k.coverage,
    (SELECT r.ceiling_rm FROM ekasih.aid_rate AS r
     WHERE r.kind_id = k.id AND daterange(r.from_date, r.until_date, '[]') @> current_date) AS ceiling_rm
FROM ekasih.aid_kind AS k
JOIN ekasih.aid_programme AS p ON p.id = k.programme_id
JOIN ekasih.agency AS g ON g.id = p.agency_id
JOIN ekasih.aid_need AS n ON n.code = k.need_code
WHERE p.state = 'dibuka' AND daterange(p.valid_from, p.valid_until, '[]') @> current_date
ORDER BY g.name_ms, p.name_ms, k.name_ms, k.id
