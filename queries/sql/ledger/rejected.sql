-- The rows of a file of answers that moved nothing and need somebody: rejected or held, as they were written.
-- grain:   one row per row of the file
-- params:  file_id
-- columns: row_no, list_number, number, status, processed, amount, bank_reference, result, fate
-- row:     RejectedAnswerRow
SELECT a.row_no, a.list_number, a.number, a.status, a.processed, a.amount, a.bank_reference, a.result, a.fate
FROM ekasih.payment_answer AS a
WHERE a.file_id = CAST(:file_id AS bigint) AND a.fate IN ('rejected', 'held')
ORDER BY a.row_no
