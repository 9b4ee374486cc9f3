-- How many applications wait for the own step, and how many are late, each counted up to 1,000.
-- grain:   one row
-- params:
-- columns: waiting, late
-- row:     ApplicationCountsRow
SELECT
    (SELECT count(*) FROM (
        SELECT FROM ekasih.aid_application AS a
        WHERE a.state IN ('draf', 'diterima', 'tidak_lengkap', 'disemak', 'diluluskan', 'dalam_bayaran', 'diserah', 'dirayu')
            AND ekasih.application_waits(a)
        LIMIT 1000) AS mine) AS waiting,
    (SELECT count(*) FROM (
        SELECT FROM ekasih.aid_application AS a
        WHERE a.state IN ('draf', 'diterima', 'tidak_lengkap', 'disemak', 'diluluskan', 'dalam_bayaran', 'diserah', 'dirayu')
            AND a.due_on < current_date
        LIMIT 1000) AS behind) AS late
