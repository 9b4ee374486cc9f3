-- The review queue.
INSERT INTO held_household (delivery_id, household_no, district_code, code, conflicting_file_no, payload)
SELECT :delivery_id, n.file_no, n.district_code, n.held, n.conflicting_file_no, n.payload
FROM waiting AS n
WHERE NOT EXISTS (
    SELECT FROM held_household AS w
    WHERE w.state = 'waiting' AND w.household_no = n.file_no AND w.delivery_id = CAST(:delivery_id AS integer))
