-- How many households of a round were frozen with each finding, and how many of them are open.
-- grain:   one row per finding
-- params:  round_no
-- columns: finding, households, open_households
-- row:     RoundFindingRow
SELECT f.finding, count(*) AS households, count(*) FILTER (WHERE d.settled IS NOT TRUE) AS open_households
FROM ekasih.cleansing_round AS r
JOIN ekasih.round_household AS h ON h.round_id = r.id
LEFT JOIN ekasih.round_decision AS d ON d.round_id = h.round_id AND d.household_id = h.household_id
CROSS JOIN LATERAL unnest(h.findings) AS f (finding)
WHERE r.number = :round_no
GROUP BY f.finding
ORDER BY count(*) DESC, f.finding
