-- The states, by name.
-- grain:   one row per state
-- params:
-- columns: code, name
-- row:     CatchmentStateRow
SELECT a.code, a.name FROM ekasih.area AS a WHERE a.level = 'state' ORDER BY a.name
