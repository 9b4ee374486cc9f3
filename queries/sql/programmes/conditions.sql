-- The conditions of a programme, the newest first.
-- grain:   one row per list of conditions
-- params:  programme
-- columns: conditions_id, from_date?, until_date?, conditions, made_by, made_at
-- row:     ConditionsRow
SELECT c.id AS conditions_id, c.from_date, c.until_date, c.conditions, c.made_by, c.made_at
FROM ekasih.aid_conditions AS c
WHERE c.programme_id = :programme
ORDER BY c.from_date DESC NULLS LAST
