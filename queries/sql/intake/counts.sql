-- How many forms of the public wait in the own districts, how many are urgent, and how many nobody looked at in time, each counted
-- up to row_limit.
-- grain:   one row
-- params:  row_limit
-- columns: waiting, urgent, late, oldest_on?
-- row:     IntakeCountsRow
SELECT count(*) AS waiting, count(*) FILTER (WHERE w.urgent) AS urgent, count(*) FILTER (WHERE w.late) AS late, min(w.due_on) AS oldest_on
FROM (
    SELECT q.urgent, q.late, q.due_on FROM ekasih.reached_districts() AS d (code)
    CROSS JOIN LATERAL (
        SELECT i.urgent, i.due_on < current_date AND i.state <> 'disaring' AS late, i.due_on FROM ekasih.intake AS i
        WHERE i.district_code = d.code AND i.main_id IS NULL AND i.state IN ('baru', 'luar_kawasan', 'disaring')
        ORDER BY (NOT i.urgent), i.due_on, i.id LIMIT :row_limit) AS q
    LIMIT :row_limit
) AS w
