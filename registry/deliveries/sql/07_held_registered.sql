-- A member whose MyKad number is registered in another household: the registered one stands, this one is held.
UPDATE fate AS f
SET held = 'pertindihan_no_kp', conflicting_file_no = found.file_no
FROM (
    SELECT DISTINCT ON (p.household_row) p.household_row, other.file_no
    FROM read_person AS p
    JOIN person AS known ON known.id_no = p.id_no
    JOIN household AS other ON other.id = known.household_id
    JOIN fate AS own ON own.row_no = p.household_row
    WHERE p.has_mykad AND other.file_no <> own.file_no
    ORDER BY p.household_row, other.id
) AS found
WHERE f.row_no = found.household_row AND f.rejected IS NULL AND f.held IS NULL
