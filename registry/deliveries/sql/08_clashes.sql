-- Households of this delivery that name a MyKad number which another of its households names too.
CREATE TEMP TABLE contender ON COMMIT DROP AS
WITH claimed AS (
    SELECT p.id_no, p.household_row
    FROM read_person AS p
    JOIN fate AS f ON f.row_no = p.household_row AND f.rejected IS NULL AND f.held IS NULL
    WHERE p.has_mykad
), disputed AS (
    SELECT id_no FROM claimed GROUP BY id_no HAVING min(household_row) <> max(household_row)
)
SELECT household_row, array_agg(DISTINCT id_no) AS numbers FROM claimed JOIN disputed USING (id_no) GROUP BY household_row
