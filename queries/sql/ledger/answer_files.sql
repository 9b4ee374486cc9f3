-- Files of answers, the newest first, with what became of their rows: all, or the one that is asked for.
-- grain:   one row per file
-- params:  file_id, row_limit
-- columns: id, name, received_on, received_by?, accepted, unchanged, held, rejected
-- row:     AnswerFileRow
SELECT f.id, f.name, f.received_on, ekasih.name_by_money(f.received_by) AS received_by, s.accepted, s.unchanged, s.held, s.rejected
FROM ekasih.payment_answer_file AS f
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE a.fate = 'accepted') AS accepted, count(*) FILTER (WHERE a.fate = 'unchanged') AS unchanged,
        count(*) FILTER (WHERE a.fate = 'held') AS held, count(*) FILTER (WHERE a.fate = 'rejected') AS rejected
    FROM ekasih.payment_answer AS a WHERE a.file_id = f.id) AS s
WHERE f.id = coalesce(CAST(:file_id AS bigint), f.id)
ORDER BY f.id DESC
LIMIT CAST(:row_limit AS int)
