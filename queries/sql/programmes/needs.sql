-- The needs that aid meets.
-- grain:   one row per need
-- params:
-- columns: code, need_ms, need_en, exclusive, once
-- row:     NeedRow
SELECT n.code, n.name_ms AS need_ms, n.name_en AS need_en, n.exclusive, n.once
FROM ekasih.aid_need AS n
ORDER BY n.code
