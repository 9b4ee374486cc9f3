-- Boundary files sent on screen, the latest first, for those who may change boundaries.
-- grain:   one row per upload
-- params:  row_limit
-- columns: upload_id, file_name, bytes, uploaded_at, sender?, state, level?, problem?, wanted, holds_from?, total
-- row:     UploadListRow
SELECT u.id AS upload_id, u.file_name, u.bytes, u.uploaded_at, actors.name AS sender, u.state, u.level, u.problem,
    EXISTS (SELECT FROM ekasih.boundary_activation AS a
            WHERE a.upload_id = u.id AND a.activated_at IS NULL AND a.refused_at IS NULL) AS wanted,
    (SELECT a.holds_from FROM ekasih.boundary_activation AS a
     WHERE a.upload_id = u.id AND a.activated_at IS NULL AND a.refused_at IS NULL) AS holds_from,
    count(*) OVER () AS total
FROM ekasih.boundary_upload AS u
LEFT JOIN ekasih.boundary_actors() AS actors ON actors.id = u.uploaded_by
ORDER BY u.id DESC
LIMIT CAST(:row_limit AS integer)
