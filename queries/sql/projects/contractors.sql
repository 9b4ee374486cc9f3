-- The contractors of the own agency with their projects under way and finished, and the sums of their contracts.
-- grain:   one row per contractor
-- params:
-- columns: contractor_id, name, registration_no, grade, contact, under_way, finished, sum_rm
-- row:     ContractorRow
SELECT c.id AS contractor_id, c.name, c.registration_no, c.grade, c.contact,
    count(p.id) FILTER (WHERE p.state IN ('dalam_pelaksanaan', 'digantung')) AS under_way,
    count(p.id) FILTER (WHERE p.state = 'siap') AS finished, coalesce(sum(p.sum_rm), 0) AS sum_rm
FROM ekasih.contractor AS c
LEFT JOIN ekasih.project AS p ON p.contractor_id = c.id
GROUP BY c.id
ORDER BY c.name, c.id
