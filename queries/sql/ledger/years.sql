-- Years that a ledger has been kept for, as far as the acting user may read it, the newest first.
-- grain:   one row per fiscal year
-- params:
-- columns: year
-- row:     LedgerYearRow
SELECT DISTINCT y.year FROM ekasih.ledger_year AS y ORDER BY y.year DESC
