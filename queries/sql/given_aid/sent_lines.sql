-- What became of each line that the own agency's program sent under a number, in the order in which they came.
-- grain:   one row per line
-- params:  sending
-- columns: row_no, reference, outcome, code?, settled_reason?, warnings
-- row:     SentLineRow
SELECT CAST(sent.row_no AS integer) AS row_no, sent.reference,
    CASE WHEN r.fate IN ('held', 'rejected') THEN r.fate WHEN r.fate = 'refused' THEN 'rejected'
         WHEN r.fate = 'accepted' OR l.id IS NOT NULL OR t.line_id IS NOT NULL THEN 'accepted' ELSE 'unchanged' END AS outcome,
    CASE WHEN r.fate = 'refused' THEN 'ditolak_pegawai' WHEN r.fate <> 'accepted' THEN r.code END AS code,
    CASE WHEN r.fate = 'refused' THEN r.settled_reason END AS settled_reason,
    coalesce(l.warnings, r.warnings, '{}') AS warnings
FROM ekasih.aid_sending AS s
JOIN ekasih.aid_delivery AS d ON d.agency_id = s.agency_id AND d.number = s.number
CROSS JOIN LATERAL unnest(s.line_references) WITH ORDINALITY AS sent (reference, row_no)
LEFT JOIN ekasih.aid_row AS r ON r.delivery_id = d.id AND r.row_no = sent.row_no
LEFT JOIN ekasih.aid_line AS l ON l.delivery_id = d.id AND l.row_no = sent.row_no
LEFT JOIN ekasih.aid_reversal AS t ON t.delivery_id = d.id AND t.row_no = sent.row_no
WHERE s.id = CAST(:sending AS bigint)
ORDER BY sent.row_no
