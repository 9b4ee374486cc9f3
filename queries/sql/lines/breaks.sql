-- The days on which households were decided again because the line or the rule had changed: figures of before and
-- after are not told apart by incomes alone.
-- grain:   one row per day
-- params:  since, until
-- columns: on_day, lines, rules
-- row:     BreakRow
SELECT h.decided_on AS on_day, bool_or(h.kind <> 'set_rule') AS lines, bool_or(h.kind = 'set_rule') AS rules
FROM ekasih.line_history() AS h
WHERE h.state = 'done' AND h.touched
    AND h.decided_on BETWEEN CAST(:since AS date) AND CAST(:until AS date)
GROUP BY h.decided_on
ORDER BY h.decided_on
