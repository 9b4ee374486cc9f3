-- What stands in the ledger for a project, by account; none for who does not read the money.
-- grain:   one row per account
-- params:  project
-- columns: account, amount
-- row:     ProjectBalanceRow
SELECT b.account, sum(b.amount) AS amount
FROM ekasih.ledger_balance AS b
JOIN ekasih.project AS p ON p.programme_code = b.programme AND p.office_code = b.office AND p.number = b.case_no
WHERE p.number = :project
GROUP BY b.account
