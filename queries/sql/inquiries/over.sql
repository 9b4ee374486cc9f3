-- The questions of status of the offices of who asks that were over last, with what came of them, of the last ninety days.
-- grain:   one row per question
-- params:  row_limit
-- columns: inquiry_id, reference, asked_at, state, tries, closed_at, district_name?
-- row:     InquiryOverRow
SELECT i.id AS inquiry_id, i.reference, i.asked_at, i.state, i.tries, i.closed_at, d.name AS district_name
FROM ekasih.status_inquiry AS i LEFT JOIN ekasih.area AS d ON d.code = i.office_code
WHERE i.state IN ('dijawab', 'tidak_dihubungi', 'enggan') AND i.closed_at > now() - interval '90 days'
ORDER BY i.closed_at DESC, i.id DESC
LIMIT CAST(:row_limit AS int)
