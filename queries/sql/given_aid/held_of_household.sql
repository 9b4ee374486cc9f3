-- How much aid for a household is held, of what who is acting may settle or sent.
-- grain:   one row
-- params:  household
-- columns: held, held_rm
-- row:     HeldSumRow
SELECT count(*) AS held, coalesce(sum(r.amount_rm) FILTER (WHERE NOT r.reversal), 0) AS held_rm
FROM ekasih.aid_row AS r
WHERE r.household_id = :household AND r.fate = 'held'
