-- Deliveries of aid that are in the register, as far as who asks may know of them; the latest first, each with what is
-- still held of it and what officers have refused since.
-- grain:   one row per delivery
-- params:  row_limit, row_offset
-- columns: delivery_id, agency_code, agency_ms, agency_en, number, made_on, received_at, lines?, accepted?, reversals?, unchanged?, held?, rejected?, still_held, refused, total
-- row:     AidReceivedRow
WITH shown AS (
    SELECT d.id, d.agency_id, d.number, d.made_on, d.received_at, d.report, count(*) OVER () AS total
    FROM ekasih.aid_delivery AS d
    ORDER BY d.id DESC
    LIMIT CAST(:row_limit AS integer) OFFSET CAST(:row_offset AS integer)
)
SELECT s.id AS delivery_id, a.code AS agency_code, a.name_ms AS agency_ms, a.name_en AS agency_en, s.number, s.made_on,
    s.received_at, CAST(s.report ->> 'lines' AS bigint) AS lines, CAST(s.report ->> 'accepted' AS bigint) AS accepted,
    CAST(s.report ->> 'reversals' AS bigint) AS reversals, CAST(s.report ->> 'unchanged' AS bigint) AS unchanged,
    CAST(s.report ->> 'held' AS bigint) AS held, CAST(s.report ->> 'rejected' AS bigint) AS rejected,
    r.still_held, r.refused, s.total
FROM shown AS s
JOIN ekasih.agency AS a ON a.id = s.agency_id
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE w.fate = 'held') AS still_held, count(*) FILTER (WHERE w.fate = 'refused') AS refused
    FROM ekasih.aid_row AS w WHERE w.delivery_id = s.id) AS r
ORDER BY s.id DESC
