-- A record as it was on a day, as it was known at the end of another, with the names of its areas.
-- grain:   one row, its record null where nothing was known; none outside the acting user's territory
-- params:  household, valid_on, known_on
-- columns: file_no, record?, state_name?, district_name?, mukim_name?
-- row:     PastRow
SELECT h.file_no, found.record, state.name AS state_name, district.name AS district_name, mukim.name AS mukim_name
FROM ekasih.household AS h
CROSS JOIN LATERAL (
    SELECT ekasih.household_as_of(h.id, CAST(:valid_on AS date),
        (CAST(:known_on AS date) + 1)::timestamp AT TIME ZONE 'Asia/Kuala_Lumpur' - interval '1 microsecond') AS record
) AS found
LEFT JOIN ekasih.area AS state ON state.code = found.record ->> 'state_code'
LEFT JOIN ekasih.area AS district ON district.code = found.record ->> 'district_code'
LEFT JOIN ekasih.area AS mukim ON mukim.code = found.record ->> 'mukim_code'
WHERE h.id = :household
