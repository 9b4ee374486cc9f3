-- The payments of a list, in its order. Payee and account stay empty for who makes and releases no payments.
-- grain:   one row per payment
-- params:  list_id
-- columns: id, list_number, number, listed_on?, programme, office, case_no, payee_name?, id_no?, bank_code?, account_no?, amount, state, answered_on?, reason?, note, changed
-- row:     PaymentRow
SELECT p.id, l.number AS list_number, p.number, l.listed_on, p.programme, p.office, p.case_no, a.payee_name, a.id_no,
    a.bank_code, a.account_no, p.amount, p.state, p.answered_on, said.reason, p.note,
    p.state = 'disediakan' AND (ekasih.payee_of(p.programme, p.case_no)).id IS DISTINCT FROM p.account_id AS changed
FROM ekasih.payment AS p
JOIN ekasih.payment_list AS l ON l.id = p.list_id
LEFT JOIN ekasih.payee_account AS a ON a.id = p.account_id
LEFT JOIN LATERAL (
    SELECT w.reason FROM ekasih.payment_answer AS w WHERE w.payment_id = p.id AND w.fate = 'accepted'
    ORDER BY w.id DESC LIMIT 1) AS said ON true
WHERE p.list_id = CAST(:list_id AS bigint)
ORDER BY p.id
