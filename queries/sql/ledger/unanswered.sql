-- Payments without an answer for longer than is set, the oldest first.
-- grain:   one row per payment
-- params:  row_limit
-- columns: number, list_id?, list_number?, programme, office, case_no, amount, sent_on, days, total
-- row:     UnansweredRow
SELECT p.number, p.list_id, l.number AS list_number, p.programme, p.office, p.case_no, p.amount, p.sent_on,
    current_date - p.sent_on AS days, count(*) OVER () AS total
FROM ekasih.payment AS p
LEFT JOIN ekasih.payment_list AS l ON l.id = p.list_id
WHERE p.state = 'dihantar'
    AND p.sent_on < current_date - (SELECT s.value::text::int FROM ekasih.setting AS s WHERE s.key = 'ledger.answer_days')
ORDER BY p.sent_on, p.id
LIMIT CAST(:row_limit AS int)
