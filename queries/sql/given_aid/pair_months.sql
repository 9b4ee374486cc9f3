-- The months in which double aid was found, the newest first, with how much of it is not settled.
-- grain:   one row per month
-- params:
-- columns: month, pairs, unsettled
-- row:     PairMonthRow
SELECT CAST(date_trunc('month', found_on) AS date) AS month, count(*) AS pairs,
    count(*) FILTER (WHERE finding IS NULL) AS unsettled
FROM ekasih.aid_pair
GROUP BY 1
ORDER BY 1 DESC
