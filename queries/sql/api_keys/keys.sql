-- Keys of programs that who is acting keeps: those that hold first, the newest first; how each stands and is used today.
-- grain:   one row per key
-- params:  row_limit
-- columns: key_id, client_id, name, agency_ms, agency_en, office_ms?, office_en?, scopes, expires_on, created_at, standing, last_used_at?, calls, refused, ending, old_until?
-- row:     ApiKeyRow
SELECT k.id AS key_id, k.client_id, k.name, a.name_ms AS agency_ms, a.name_en AS agency_en, o.name_ms AS office_ms,
    o.name_en AS office_en, k.scopes, k.expires_on, k.created_at,
    CASE WHEN k.revoked_at IS NOT NULL THEN 'revoked' WHEN NOT ekasih.api_key_holds(k) THEN 'expired' ELSE 'holds' END AS standing,
    k.last_used_at, coalesce(u.calls, 0) AS calls, coalesce(u.refused, 0) AS refused, s.ending, s.old_until
FROM ekasih.api_key AS k
JOIN ekasih.agency AS a ON a.id = k.agency_id
LEFT JOIN ekasih.office AS o ON o.code = k.office_code
LEFT JOIN ekasih.api_use AS u ON u.key_id = k.id AND u.day = CAST(now() AT TIME ZONE 'Asia/Kuala_Lumpur' AS date)
CROSS JOIN LATERAL (
    SELECT (array_agg(s.ending ORDER BY s.id DESC))[1] AS ending, max(s.ends_at) FILTER (WHERE s.ends_at > now()) AS old_until
    FROM ekasih.api_secret AS s WHERE s.key_id = k.id) AS s
ORDER BY k.revoked_at IS NOT NULL, k.id DESC
LIMIT CAST(:row_limit AS integer)
