-- How many applications wait for the own step, and how many are late, each counted up to 1,000.
-- grain:   one row
-- params:
-- columns: waiting, late
-- row:     ApplicationCountsRow
SELECT
    (SELECT count(*) FROM ekasih.waiting_applications(NULL, 1000) AS w) AS waiting,
    (SELECT count(*) FROM ekasih.open_applications(NULL, current_date, 1000) AS l) AS late
