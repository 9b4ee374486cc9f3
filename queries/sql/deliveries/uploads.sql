-- Deliveries of a layout sent on screen that who asks may see, the latest first.
-- grain:   one row per upload
-- params:  layout, row_limit, row_offset
-- columns: upload_id, file_name, uploaded_at, sender?, state, bytes, accepted?, problem, total
-- row:     UploadListRow
SELECT u.id AS upload_id, u.file_name, u.uploaded_at, s.name AS sender, u.state, u.bytes,
    CAST(coalesce(u.report -> 'accepted' ->> 'total', u.report -> 'accepted' ->> 'lines') AS bigint) AS accepted, u.problem IS NOT NULL AS problem,
    count(*) OVER () AS total
FROM ekasih.delivery_upload AS u
LEFT JOIN ekasih.upload_senders() AS s ON s.id = u.uploaded_by
WHERE u.layout = :layout
ORDER BY u.id DESC
LIMIT CAST(:row_limit AS integer) OFFSET CAST(:row_offset AS integer)
