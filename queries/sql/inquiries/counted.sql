-- How many questions of status wait at the offices of who asks, and how many are late, each counted up to row_limit.
-- grain:   one row
-- params:  row_limit
-- columns: waiting, late
-- row:     InquiryCountsRow
SELECT count(*) AS waiting, count(*) FILTER (WHERE w.due_on < current_date) AS late
FROM (SELECT i.due_on FROM ekasih.status_inquiry AS i WHERE i.state = 'menunggu' ORDER BY i.due_on LIMIT CAST(:row_limit AS int)) AS w
