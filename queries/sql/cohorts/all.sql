-- Locked figures, newest first, with how many of their households are of the territory of who asks.
-- grain:   one row per cohort
-- columns: cohort_id, name, area_code, area_name, statuses, frozen_on, households, own, created_by
-- row:     CohortRow
SELECT c.id AS cohort_id, c.name, c.area_code, area.name AS area_name, c.statuses, c.frozen_on, c.households,
    (SELECT count(*) FROM ekasih.cohort_member AS m WHERE m.cohort_id = c.id) AS own, c.created_by
FROM ekasih.cohort AS c
JOIN ekasih.area AS area ON area.code = c.area_code
ORDER BY c.id DESC
