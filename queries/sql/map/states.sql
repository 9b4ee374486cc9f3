-- The states, of which the country is the sum.
-- grain:   one row per state
-- params:
-- columns: code
-- row:     StateRow
SELECT area.code
FROM ekasih.area
WHERE area.level = 'state'
ORDER BY area.code
