-- The kinds of aid of a programme with each of their rates, the newest first.
-- grain:   one row per rate, or per kind without any
-- params:  programme
-- columns: kind_id, code, kind_ms, kind_en, need_ms, need_en, form, recipient, frequency, coverage, unit?, from_date?, until_date?, ceiling_rm?, source?, source_date?
-- row:     RateRow
SELECT k.id AS kind_id, k.code, k.name_ms AS kind_ms, k.name_en AS kind_en, n.name_ms AS need_ms, n.name_en AS need_en,
    k.form, k.recipient, k.frequency, k.coverage, k.quantity_unit AS unit, r.from_date, r.until_date, r.ceiling_rm, r.source,
    r.source_date
FROM ekasih.aid_kind AS k
JOIN ekasih.aid_need AS n ON n.code = k.need_code
LEFT JOIN ekasih.aid_rate AS r ON r.kind_id = k.id
WHERE k.programme_id = :programme
ORDER BY k.code, r.from_date DESC
