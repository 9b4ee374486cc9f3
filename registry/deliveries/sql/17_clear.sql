-- Persons of a record that is brought up to date whom the delivery does not tell of any more go; the audit keeps them.
DELETE FROM person USING before
WHERE person.household_id = before.id AND person.id NOT IN (SELECT id FROM same_person)
