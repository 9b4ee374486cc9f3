-- A family that waited and now comes in waits no longer: what it said then has been put right.
UPDATE held_household AS w SET state = 'accepted'
FROM accepted AS a
WHERE w.state = 'waiting' AND w.household_no = a.file_no
    AND EXISTS (SELECT FROM jsonb_array_elements(w.payload -> 'ahli') AS said
                WHERE name_key(said ->> 'nama') = name_key(a.head_name))
