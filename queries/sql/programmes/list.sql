-- Every programme with its agency, how many kinds of aid it has and which needs they meet.
-- grain:   one row per programme
-- params:
-- columns: programme_id, code, programme_ms, programme_en, agency_ms, agency_en, state, valid_from?, valid_until?, kinds, needs_ms?, needs_en?
-- row:     ProgrammeRow
SELECT p.id AS programme_id, p.code, p.name_ms AS programme_ms, p.name_en AS programme_en, a.name_ms AS agency_ms,
    a.name_en AS agency_en, p.state, p.valid_from, p.valid_until, count(k.id) AS kinds,
    string_agg(DISTINCT n.name_ms, ', ') AS needs_ms, string_agg(DISTINCT n.name_en, ', ') AS needs_en
FROM ekasih.aid_programme AS p
JOIN ekasih.agency AS a ON a.id = p.agency_id
LEFT JOIN ekasih.aid_kind AS k ON k.programme_id = p.id
LEFT JOIN ekasih.aid_need AS n ON n.code = k.need_code
GROUP BY p.id, a.id
ORDER BY a.code, p.code
