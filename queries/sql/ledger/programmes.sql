-- Programmes with a ledger whose money the acting user may move, and what is committed of this year.
-- grain:   one row per programme
-- params:
-- columns: code, name_ms, name_en, fiscal_year, committed
-- row:     LedgerProgrammeRow
SELECT p.code, p.name_ms, p.name_en, ekasih.fiscal_year(current_date, a.fiscal_month) AS fiscal_year,
    coalesce((SELECT sum(v.tanggungan) FROM ekasih.ledger_vote AS v WHERE v.programme = p.code
              AND v.year = ekasih.fiscal_year(current_date, a.fiscal_month)), 0) AS committed
FROM ekasih.aid_programme AS p
JOIN ekasih.agency AS a ON a.id = p.agency_id
WHERE p.has_ledger AND p.code IN (SELECT l.programme FROM ekasih.ledger_places() AS l)
    AND a.id = coalesce(ekasih.acting_agency(), a.id)
ORDER BY p.code
