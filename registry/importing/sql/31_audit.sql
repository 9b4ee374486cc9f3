-- The audit: one entry for the delivery, and for each record that it changed one with what it was and what it is.
INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, district_code, before, after)
SELECT NULL::bigint, :actor, 'import', 'delivery', CAST(:delivery_id AS bigint), NULL, NULL::jsonb, jsonb_build_object('sha256', CAST(:sha256 AS text))
UNION ALL
SELECT NULL, :actor, 'import', 'household', b.id, a.district_code, b.record, jsonb_build_object(
    'census_date', a.census_date, 'state_code', a.state_code, 'district_code', a.district_code,
    'mukim_code', a.mukim_code, 'strata', a.strata, 'member_count', a.member_count, 'income_rm', a.income_rm,
    'status', a.status)
FROM before AS b JOIN accepted AS a ON a.id = b.id
