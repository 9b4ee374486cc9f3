-- How far a round is in each mukim.
-- grain:   one row per mukim
-- params:  round_no
-- columns: mukim_name?, households, decided
-- row:     RoundMukimRow
SELECT m.name AS mukim_name, count(*) AS households, count(*) FILTER (WHERE d.settled) AS decided
FROM ekasih.cleansing_round AS r
JOIN ekasih.round_household AS h ON h.round_id = r.id
LEFT JOIN ekasih.area AS m ON m.code = h.mukim_code
LEFT JOIN ekasih.round_decision AS d ON d.round_id = h.round_id AND d.household_id = h.household_id
WHERE r.number = :round_no
GROUP BY m.name
ORDER BY m.name
