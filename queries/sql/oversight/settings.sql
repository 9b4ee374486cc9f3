-- The settings that administrators change.
-- grain:   one row per setting
-- columns: key, value, least, most, step
-- row:     SettingRow
SELECT s.key, CAST(s.value #>> '{}' AS numeric) AS value, s.least, s.most, s.step
FROM ekasih.setting AS s
WHERE s.step IS NOT NULL
ORDER BY s.key
