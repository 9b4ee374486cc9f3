-- The settings that projects are judged by.
-- grain:   one row per setting
-- params:
-- columns: name, value
-- row:     ProjectTermRow
SELECT split_part(s.key, '.', 2) AS name, CAST(s.value #>> '{}' AS integer) AS value
FROM ekasih.setting AS s
WHERE s.key LIKE 'projects.%'
