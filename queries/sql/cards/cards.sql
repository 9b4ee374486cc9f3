-- Cards of the acting user's office, the newest first: all, those of a request, or one; wanted is a number to look for.
-- grain:   one row per card
-- params:  request_id, card_id, wanted, row_limit, row_offset
-- columns: card_id, number, request_id, request_number?, household_id?, file_no?, head_name?, id_no?, id_kind?, district_name, state_name, issued_on, valid_until, state, standing, ended_at?, ended_reason?, printed_at?, version, total
-- row:     CardRow
SELECT c.id AS card_id, c.number, c.request_id, r.number AS request_number, h.id AS household_id, h.file_no, h.head_name,
    p.id_no, p.id_kind, district.name AS district_name, above.name AS state_name, c.issued_on, c.valid_until, c.state,
    CASE WHEN c.state <> 'valid' THEN c.state WHEN h.exited_on IS NOT NULL THEN 'exited'
         WHEN c.valid_until < current_date THEN 'expired' ELSE 'valid' END AS standing, c.ended_at, c.ended_reason, c.printed_at, c.version,
    count(*) OVER () AS total
FROM ekasih.card AS c
JOIN ekasih.area AS district ON district.code = c.district_code
JOIN ekasih.area AS above ON above.code = district.state_code
LEFT JOIN ekasih.card_request AS r ON r.id = c.request_id
LEFT JOIN ekasih.household AS h ON h.id = c.household_id
LEFT JOIN ekasih.person AS p ON p.household_id = h.id AND p.is_head
WHERE (CAST(:request_id AS bigint) IS NULL OR c.request_id = CAST(:request_id AS bigint))
    AND (CAST(:card_id AS bigint) IS NULL OR c.id = CAST(:card_id AS bigint))
    AND (CAST(:wanted AS text) IS NULL OR CAST(:wanted AS text) IN (c.number, h.file_no))
ORDER BY c.id DESC
LIMIT CAST(:row_limit AS int) OFFSET CAST(:row_offset AS int)
