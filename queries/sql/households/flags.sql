-- What is missing, stale or odd about a household and not put right yet.
-- grain:   one row per open flag
-- params:  household
-- columns: flag_id, member_no?, code, raised_at
-- row:     FlagRow
SELECT flag.id AS flag_id, flag.member_no, flag.code, flag.raised_at
FROM ekasih.quality_flag AS flag
WHERE flag.household_id = :household AND flag.resolved_at IS NULL
ORDER BY flag.member_no NULLS FIRST, flag.code, flag.id
