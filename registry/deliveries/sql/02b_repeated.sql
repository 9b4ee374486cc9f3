-- Persons of household rows that repeat a number: where a number occurs twice, so may its persons, and the second person
-- of the same number in the household belongs to the second household row.
CREATE TEMP TABLE repeated ON COMMIT DROP AS
SELECT person.row_no, later.row_no AS household_row
FROM (
    SELECT s.row_no, again.file_no,
        row_number() OVER (PARTITION BY again.file_no, btrim(s.no_ahli) ORDER BY s.row_no) AS nth
    FROM stage_ahli AS s
    JOIN read_household AS again ON again.occurrence = 2 AND again.file_no = upper(btrim(s.no_isirumah))
    WHERE btrim(s.no_ahli) <> ''
) AS person
JOIN read_household AS later ON later.file_no = person.file_no AND later.occurrence = person.nth
WHERE person.nth > 1
