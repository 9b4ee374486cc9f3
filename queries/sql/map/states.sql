-- The states, of which the country is the sum.
-- grain:   one row per state
-- params:
-- columns: code
SELECT area.code
FROM ekasih.area
WHERE area.level = 'state'
ORDER BY area.code
