-- Offices of the agencies whose money the acting user may read.
-- grain:   one row per office
-- params:
-- columns: code, name_ms, name_en
-- row:     LedgerOfficeRow
SELECT o.code, o.name_ms, o.name_en
FROM ekasih.office AS o
WHERE o.code IN (SELECT l.office FROM ekasih.ledger_places() AS l)
ORDER BY o.code
