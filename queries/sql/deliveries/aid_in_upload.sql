-- The deliveries of aid that came into the register with an upload.
-- grain:   one row per delivery
-- params:  upload
-- columns: delivery_id
-- row:     AidInUploadRow
SELECT d.id AS delivery_id
FROM ekasih.aid_delivery AS d
WHERE d.upload_id = CAST(:upload AS bigint)
ORDER BY d.id
