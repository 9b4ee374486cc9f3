-- One programme, and whether who is acting may change it.
-- grain:   one row, or none
-- params:  programme
-- columns: programme_id, code, programme_ms, programme_en, agency_ms, agency_en, state, valid_from?, valid_until?, has_ledger, manages
-- row:     ProgrammeOneRow
SELECT p.id AS programme_id, p.code, p.name_ms AS programme_ms, p.name_en AS programme_en, a.name_ms AS agency_ms,
    a.name_en AS agency_en, p.state, p.valid_from, p.valid_until, p.has_ledger,
    ekasih.manages_programmes_of(p.agency_id) AS manages
FROM ekasih.aid_programme AS p
JOIN ekasih.agency AS a ON a.id = p.agency_id
WHERE p.id = :programme
