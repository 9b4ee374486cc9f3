-- What was paid of a project, is on its way or stands on a list, in the order of its days; none for who does not read the money.
-- grain:   one row per payment
-- params:  project
-- columns: number, amount, state, sent_on?, answered_on?
-- row:     ProjectPaymentRow
SELECT y.number, y.amount, y.state, y.sent_on, y.answered_on
FROM ekasih.payment AS y
JOIN ekasih.project AS p ON p.programme_code = y.programme AND p.office_code = y.office AND p.number = y.case_no
WHERE p.number = :project AND y.state <> 'dibatalkan'
ORDER BY y.sent_on NULLS LAST, y.id
