-- The needs that aid meets.
-- grain:   one row per need
-- params:
-- columns: code, need_ms, need_en, exclusive, once, valid_from?, valid_until?, changes
-- row:     NeedRow
SELECT n.code, n.name_ms AS need_ms, n.name_en AS need_en, n.exclusive, n.once, n.valid_from, n.valid_until,
    ekasih.may('manage_programmes') AND ekasih.of_no_agency() AS changes
FROM ekasih.aid_need AS n
ORDER BY n.code
