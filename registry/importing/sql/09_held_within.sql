-- Who stands and who is held among the households that clash, in the order of the file: one stands when every earlier one
-- that it clashes with is held itself, and is held as soon as an earlier one stands.
DO $$
DECLARE
    held_now integer;
BEGIN
    CREATE TEMP TABLE contender ON COMMIT DROP AS
    SELECT row_no, CASE WHEN EXISTS (SELECT FROM clash WHERE later = row_no) THEN NULL ELSE true END AS stands
    FROM (SELECT earlier AS row_no FROM clash UNION SELECT later FROM clash) AS every;
    LOOP
        UPDATE contender AS c SET stands = false
        WHERE c.stands IS NULL AND EXISTS (
            SELECT FROM clash JOIN contender AS e ON e.row_no = clash.earlier
            WHERE clash.later = c.row_no AND e.stands);
        GET DIAGNOSTICS held_now = ROW_COUNT;
        UPDATE contender AS c SET stands = true
        WHERE c.stands IS NULL AND NOT EXISTS (
            SELECT FROM clash JOIN contender AS e ON e.row_no = clash.earlier
            WHERE clash.later = c.row_no AND e.stands IS DISTINCT FROM false);
        EXIT WHEN NOT EXISTS (SELECT FROM contender WHERE stands IS NULL);
    END LOOP;
    UPDATE fate AS f
    SET held = 'pertindihan_no_kp', conflicting_file_no = (
        SELECT e.file_no FROM clash JOIN contender AS c ON c.row_no = clash.earlier AND c.stands
        JOIN fate AS e ON e.row_no = clash.earlier
        WHERE clash.later = f.row_no ORDER BY e.row_no LIMIT 1)
    FROM contender
    WHERE contender.row_no = f.row_no AND NOT contender.stands;
    ANALYZE fate;
END
$$
