-- Pairs of households of this delivery that name the same MyKad number, the earlier one first.
CREATE TEMP TABLE clash ON COMMIT DROP AS
WITH claimed AS (
    SELECT DISTINCT p.id_no, p.household_row
    FROM read_person AS p
    JOIN fate AS f ON f.row_no = p.household_row AND f.rejected IS NULL AND f.held IS NULL
    WHERE p.id_no ~ '^\d{12}$'
), twice AS (
    SELECT id_no FROM claimed GROUP BY id_no HAVING count(*) > 1
), disputed AS (
    SELECT c.* FROM claimed AS c JOIN twice USING (id_no)
)
SELECT DISTINCT earlier.household_row AS earlier, later.household_row AS later, NULL::boolean AS stands
FROM disputed AS earlier
JOIN disputed AS later ON later.id_no = earlier.id_no AND later.household_row > earlier.household_row
