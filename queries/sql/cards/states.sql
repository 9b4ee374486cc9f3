-- The states whose office may be asked for cards.
-- grain:   one row per state
-- columns: code, name
-- row:     StateRow
SELECT code, name FROM ekasih.area WHERE level = 'state' ORDER BY name
