-- What the agency delivered before under these references: lines, reversals, and rows that are held.
SELECT l.reference, l.content_key, l.id AS line_id, false AS reversal, l.day, l.amount_rm,
    r.line_id IS NOT NULL AS taken_back
FROM ekasih.aid_line AS l LEFT JOIN ekasih.aid_reversal AS r ON r.line_id = l.id
WHERE l.agency_id = :agency AND l.reference = ANY (CAST(:asked AS text[]))
UNION ALL
SELECT r.reference, r.content_key, NULL, true, r.day, r.amount_rm, false
FROM ekasih.aid_reversal AS r
WHERE r.agency_id = :agency AND r.reference = ANY (CAST(:asked AS text[]))
UNION ALL
SELECT h.reference, h.content_key, NULL, h.reversal, h.day, h.amount_rm, false
FROM ekasih.aid_row AS h
WHERE h.agency_id = :agency AND h.reference = ANY (CAST(:asked AS text[])) AND h.fate = 'held'
