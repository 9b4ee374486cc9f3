-- A page of the questions of status that wait at the offices of who asks, those due first, behind the day and number of the last one
-- seen. A registered one holds the telephone of the record, which alone is called.
-- grain:   one row per question
-- params:  after_due, after_inquiry, row_limit
-- columns: inquiry_id, reference, asked_at, asked_times, identity, telephone, answer_by, tries, due_on, late, version, district_name?, household_id?, file_no?, head_name?, record_phone?
-- row:     InquiryRow
SELECT i.id AS inquiry_id, i.reference, i.asked_at, i.asked_times, i.identity, i.telephone, i.answer_by, i.tries, i.due_on,
    i.due_on < current_date AS late, i.version, d.name AS district_name, h.id AS household_id, h.file_no, h.head_name,
    h.phone AS record_phone
FROM ekasih.status_inquiry AS i
LEFT JOIN ekasih.area AS d ON d.code = i.office_code
LEFT JOIN ekasih.household AS h ON h.id = i.household_id
WHERE i.state = 'menunggu' AND (i.due_on, i.id) > (CAST(:after_due AS date), CAST(:after_inquiry AS bigint))
ORDER BY i.due_on, i.id
LIMIT CAST(:row_limit AS int)
