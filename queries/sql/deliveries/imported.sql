-- Deliveries that were imported, by whatever way, as far as who asks may see their reports; the latest first.
-- grain:   one row per delivery
-- params:  row_limit, row_offset
-- columns: delivery_id, file_name, received_on, received_by, accepted?, rejected, held, total
-- row:     DeliveryRow
SELECT d.id AS delivery_id, d.file_name, d.received_on, d.received_by,
    CAST(d.report -> 'accepted' ->> 'total' AS bigint) AS accepted,
    (SELECT coalesce(sum(CAST(r.value AS bigint)), 0) FROM jsonb_each_text(d.report -> 'rejected') AS r) AS rejected,
    (SELECT coalesce(sum(CAST(h.value AS bigint)), 0) FROM jsonb_each_text(d.report -> 'held') AS h) AS held,
    count(*) OVER () AS total
FROM ekasih.delivery AS d
ORDER BY d.id DESC
LIMIT CAST(:row_limit AS integer) OFFSET CAST(:row_offset AS integer)
