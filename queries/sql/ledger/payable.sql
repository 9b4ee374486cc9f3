-- Cases with money committed and not paid, in the order of office and case, with the account that they are paid to.
-- grain:   one row per case of a programme and year
-- params:  year, programme_code, after_office, after_case, row_limit
-- columns: office, case_no, amount, account_id?, payee_name?, id_no?, bank_code?, account_no?, entered_by?, verified, prepared?
-- row:     PayableRow
SELECT b.office, b.case_no, b.amount, a.id AS account_id, a.payee_name, a.id_no, a.bank_code, a.account_no, a.entered_by,
    a.verified_at IS NOT NULL AS verified, l.number AS prepared
FROM ekasih.ledger_balance AS b
LEFT JOIN LATERAL (
    SELECT c.* FROM ekasih.payee_account AS c WHERE c.programme = b.programme AND c.case_no = b.case_no
    ORDER BY c.id DESC LIMIT 1) AS a ON true
LEFT JOIN ekasih.payment AS p ON p.programme = b.programme AND p.office = b.office AND p.case_no = b.case_no
    AND p.state = 'disediakan'
LEFT JOIN ekasih.payment_list AS l ON l.id = p.list_id
WHERE b.account = 'TANGGUNGAN' AND b.amount > 0 AND b.programme = CAST(:programme_code AS text)
    AND b.year = CAST(:year AS int)
    AND (b.office, b.case_no) > (CAST(:after_office AS text), CAST(:after_case AS text))
ORDER BY b.office, b.case_no
LIMIT CAST(:row_limit AS int)
