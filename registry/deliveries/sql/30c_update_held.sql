-- A family that waits already waits once, with what it said last.
UPDATE held_household AS w
SET delivery_id = :delivery_id, district_code = n.district_code, code = n.held,
    conflicting_file_no = n.conflicting_file_no, payload = n.payload
FROM waiting AS n
WHERE w.state = 'waiting' AND w.household_no = n.file_no
    AND EXISTS (SELECT FROM jsonb_array_elements(w.payload -> 'ahli') AS said
                WHERE name_key(said ->> 'nama') = n.head_key)
