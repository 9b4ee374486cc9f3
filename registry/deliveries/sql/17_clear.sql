-- The persons of a record that is brought up to date make way for those of the delivery; the audit keeps them.
DELETE FROM person USING before WHERE person.household_id = before.id
