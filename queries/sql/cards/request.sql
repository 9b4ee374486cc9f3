-- One request for cards, for the office that decides on it.
-- grain:   one row, or none where there is no such request for the acting user
-- params:  request_id
-- columns: request_id, number, requested_at, own, agency, purpose, state_code, state_name, file_numbers, not_found, state, reason?, decided_at?, issued_at?, version
-- row:     RequestRow
SELECT r.id AS request_id, r.number, r.requested_at, r.requested_by = ekasih.acting_user() AS own, r.agency, r.purpose,
    r.state_code, a.name AS state_name, r.file_numbers, r.not_found, r.state, r.reason, r.decided_at, r.issued_at,
    r.version
FROM ekasih.card_request AS r
JOIN ekasih.area AS a ON a.code = r.state_code
WHERE r.id = CAST(:request_id AS bigint)
