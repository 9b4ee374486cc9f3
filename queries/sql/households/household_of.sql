-- The household that a person belongs to.
-- grain:   one row, or none outside the acting user's territory
-- params:  person
-- columns: household_id
-- row:     HouseholdOfRow
SELECT p.household_id FROM ekasih.person AS p WHERE p.id = :person
