-- The programmes of the own agency whose money is kept here: what a project may be paid from.
-- grain:   one row per programme
-- params:
-- columns: code, name_ms, name_en
-- row:     ProjectProgrammeRow
SELECT p.code, p.name_ms, p.name_en
FROM ekasih.aid_programme AS p
WHERE p.has_ledger AND p.agency_id = ekasih.acting_agency()
ORDER BY p.code
