-- One boundary file sent on screen: what is said of it, what its check found, what is wanted of it.
-- grain:   at most one row
-- params:  boundary_upload
-- columns: upload_id, file_name, stored_name, sha256, bytes, uploaded_at, sender?, state, level?, source?, licence?, dated?, accuracy_m?, report?, reported_at?, problem?, wanted, holds_from?, wish_problem?, activated_at?
-- row:     UploadRow
SELECT u.id AS upload_id, u.file_name, u.stored_name, u.sha256, u.bytes, u.uploaded_at, actors.name AS sender, u.state,
    u.level, u.source, u.licence, u.dated, u.accuracy_m, u.report, u.reported_at, u.problem,
    wish.id IS NOT NULL AND wish.activated_at IS NULL AND wish.refused_at IS NULL AS wanted, wish.holds_from,
    CASE WHEN wish.asked_at > u.reported_at THEN wish.problem END AS wish_problem, wish.activated_at
FROM ekasih.boundary_upload AS u
LEFT JOIN ekasih.boundary_actors() AS actors ON actors.id = u.uploaded_by
LEFT JOIN LATERAL (
    SELECT a.id, a.asked_at, a.holds_from, a.activated_at, a.refused_at, a.problem FROM ekasih.boundary_activation AS a
    WHERE a.upload_id = u.id ORDER BY a.id DESC LIMIT 1
) AS wish ON true
WHERE u.id = CAST(:boundary_upload AS bigint)
