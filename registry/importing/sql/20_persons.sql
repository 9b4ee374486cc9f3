-- The persons of every household that is new or brought up to date, with ids that their incomes use next.
CREATE TEMP TABLE placed_person ON COMMIT DROP AS
SELECT nextval('person_id_seq') AS id, a.id AS household_id, a.district_code, p.*
FROM read_person AS p
JOIN accepted AS a ON a.row_no = p.household_row AND NOT a.unchanged
