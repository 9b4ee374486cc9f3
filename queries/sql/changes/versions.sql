-- Every version of a record that is written down, newest first.
-- grain:   one row per version and day from which it holds
-- params:  household
-- columns: version, valid_from, known_from, cause, actor
-- row:     VersionRow
SELECT v.version, v.valid_from, v.known_from, v.cause, v.actor
FROM ekasih.household_version AS v
WHERE v.household_id = :household
ORDER BY v.known_from DESC, v.valid_from DESC
