-- How many jobs that who asks may see are in each state.
-- grain:   one row per state in which there is a job
-- columns: state, jobs
-- row:     StateCountRow
SELECT j.state, count(*) AS jobs
FROM ekasih.job AS j
GROUP BY j.state
