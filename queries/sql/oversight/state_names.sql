-- The states of cases, and the names they go by.
-- grain:   one row per state, in their order
-- columns: code, name_ms, name_en
-- row:     StateNameRow
SELECT s.code, s.name_ms, s.name_en
FROM ekasih.case_state AS s
ORDER BY s.position, s.code
