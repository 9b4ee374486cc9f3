-- Persons are asked for by household from here on.
CREATE INDEX ON read_person (household_row)
