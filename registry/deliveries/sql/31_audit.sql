-- The audit: one entry for the delivery, and for each record that it changed one with what it was and what it is.
INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, district_code, before, after, source)
SELECT NULL::bigint, :actor, 'import', 'delivery', CAST(:delivery_id AS bigint), NULL, NULL::jsonb, jsonb_build_object('sha256', CAST(:sha256 AS text)), 'delivery'
UNION ALL
SELECT NULL, :actor, 'import', 'household', b.id, a.district_code, b.record, census_record(b.id), 'delivery'
FROM before AS b JOIN accepted AS a ON a.id = b.id
