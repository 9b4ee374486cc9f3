-- One delivery sent on screen, with what was found in it and what became of it.
-- grain:   at most one row
-- params:  layout, upload
-- columns: upload_id, layout, file_name, stored_name, sha256, bytes, uploaded_at, sender?, own, state, findings, steps_done, steps_total, report?, reported_at?, problem?, delivery_id?
-- row:     UploadRow
SELECT u.id AS upload_id, u.layout, u.file_name, u.stored_name, u.sha256, u.bytes, u.uploaded_at, s.name AS sender,
    u.uploaded_by = ekasih.acting_user() AS own, u.state, u.findings, u.steps_done, u.steps_total, u.report,
    u.reported_at, u.problem, u.delivery_id
FROM ekasih.delivery_upload AS u
LEFT JOIN ekasih.upload_senders() AS s ON s.id = u.uploaded_by
WHERE u.id = CAST(:upload AS bigint) AND u.layout = :layout
