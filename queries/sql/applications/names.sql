-- The names by which conditions are told: areas that some conditions name, and needs.
-- grain:   one row per area or need
-- params:  codes
-- columns: code, need, name_ms, name_en
-- row:     ConditionNameRow
SELECT a.code, false AS need, a.name AS name_ms, a.name AS name_en
FROM ekasih.area AS a WHERE a.code = ANY (CAST(:codes AS text[]))
UNION ALL
SELECT n.code, true, n.name_ms, n.name_en FROM ekasih.aid_need AS n
