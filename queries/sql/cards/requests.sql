-- Requests for cards that the acting user may see, the newest first; own says whether only the own ones are meant.
-- grain:   one row per request
-- params:  own, row_limit, row_offset
-- columns: request_id, number, requested_at, agency, state_code, state_name, asked, not_found, state, reason?, decided_at?, issued_at?, total
-- row:     RequestListRow
SELECT r.id AS request_id, r.number, r.requested_at, r.agency, r.state_code, a.name AS state_name,
    cardinality(r.file_numbers) AS asked, r.not_found, r.state, r.reason, r.decided_at, r.issued_at,
    count(*) OVER () AS total
FROM ekasih.card_request AS r
JOIN ekasih.area AS a ON a.code = r.state_code
WHERE (r.requested_by = ekasih.acting_user()) = CAST(:own AS boolean)
    OR (NOT CAST(:own AS boolean) AND ekasih.covers_state(r.state_code) AND ekasih.may('issue_cards'))
ORDER BY r.id DESC
LIMIT CAST(:row_limit AS int) OFFSET CAST(:row_offset AS int)
