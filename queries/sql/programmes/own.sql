-- The programmes of the own agency after one by its code, with the kinds of aid of each.
-- grain:   one row per programme
-- params:  after_code, row_limit
-- columns: programme_id, code, programme_ms, programme_en, state, valid_from?, valid_until?, has_ledger, kinds
-- row:     OwnProgrammeRow
SELECT p.id AS programme_id, p.code, p.name_ms AS programme_ms, p.name_en AS programme_en, p.state, p.valid_from, p.valid_until,
    p.has_ledger, coalesce((
        SELECT jsonb_agg(jsonb_build_object(
            'code', k.code, 'name_ms', k.name_ms, 'name_en', k.name_en, 'need', k.need_code, 'form', k.form,
            'recipient', k.recipient, 'frequency', k.frequency, 'coverage', k.coverage, 'unit', k.quantity_unit,
            'ceiling_rm', (SELECT CAST(r.ceiling_rm AS text) FROM ekasih.aid_rate AS r
                           WHERE r.kind_id = k.id AND daterange(r.from_date, r.until_date, '[]') @> current_date)) ORDER BY k.code)
        FROM ekasih.aid_kind AS k WHERE k.programme_id = p.id), '[]') AS kinds
FROM ekasih.aid_programme AS p
WHERE p.agency_id = ekasih.acting_agency() AND p.code > CAST(:after_code AS text)
ORDER BY p.code
LIMIT CAST(:row_limit AS integer)
