-- Who stands and who is held among them, in the order of the file: one that names a number of an earlier one that stands is
-- held; one that only clashes with held ones stands. Every step needs the one before, so this is the importer's only loop;
-- it passes over the few households that clash, and finds what stands by key.
DO $$
DECLARE
    candidate record;
    stands_already text;
BEGIN
    CREATE TEMP TABLE standing (id_no text PRIMARY KEY, file_no text) ON COMMIT DROP;
    CREATE TEMP TABLE loser (row_no integer, file_no text) ON COMMIT DROP;
    FOR candidate IN
        SELECT c.household_row, c.numbers, f.file_no
        FROM contender AS c JOIN fate AS f ON f.row_no = c.household_row
        ORDER BY c.household_row
    LOOP
        SELECT min(s.file_no) INTO stands_already FROM standing AS s WHERE s.id_no = ANY (candidate.numbers);
        IF stands_already IS NULL THEN
            INSERT INTO standing SELECT unnest(candidate.numbers), candidate.file_no;
        ELSE
            INSERT INTO loser VALUES (candidate.household_row, stands_already);
        END IF;
    END LOOP;
    UPDATE fate AS f SET held = 'pertindihan_no_kp', conflicting_file_no = loser.file_no
    FROM loser WHERE loser.row_no = f.row_no;
    ANALYZE fate;
    -- what follows must know that there are a few
    ANALYZE fate (held);
END
$$
