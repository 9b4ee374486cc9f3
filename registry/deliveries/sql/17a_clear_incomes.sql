-- The others tell their income anew; nobody is head until it is said who is.
WITH kept AS (
    UPDATE person SET is_head = false FROM before WHERE person.household_id = before.id RETURNING person.id
)
DELETE FROM income USING kept WHERE income.person_id = kept.id
