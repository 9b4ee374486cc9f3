-- Whether programmes of aid helped those whose first line was in a half-year: the newest first.
-- grain:   one row per programme and half-year
-- params:
-- columns: programme_code, name_ms, name_en, agency_code, begins, ends, measured_on, figures
-- row:     EffectRow
SELECT p.code AS programme_code, p.name_ms, p.name_en, a.code AS agency_code, e.begins, e.ends, e.measured_on, e.figures
FROM ekasih.aid_effect AS e
JOIN ekasih.aid_programme AS p ON p.id = e.programme_id
JOIN ekasih.agency AS a ON a.id = p.agency_id
ORDER BY e.begins DESC, a.code, p.code
