-- How many cases stand in each state, of those that the acting user may see and the filters leave; the names that the
-- states go by.
-- grain:   one row per state, in their order
-- params:  channel, mine, overdue
-- columns: code, name_ms, name_en, is_open, cases
-- row:     StateCountRow
SELECT s.code, s.name_ms, s.name_en, s.is_open, count(c.id) AS cases
FROM ekasih.case_state AS s
LEFT JOIN ekasih.case_file AS c
    ON c.state = s.code
    AND (CAST(:channel AS text) IS NULL OR c.channel = CAST(:channel AS text))
    AND (NOT CAST(:mine AS boolean) OR c.assigned_to = ekasih.acting_user())
    AND (NOT CAST(:overdue AS boolean)
         OR (s.is_open AND coalesce(c.due_on, CAST(c.created_at AS date) + 30) < current_date))
GROUP BY s.code, s.name_ms, s.name_en, s.is_open, s.position
ORDER BY s.position, s.code
