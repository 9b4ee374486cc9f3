-- Keys by which people connect their own tools: one's own, and all that hold for who keeps keys; the newest first.
-- grain:   one row per key
-- params:
-- columns: key_id, own, owner_name, client_id, name, ending, made_at, expires_on, last_used_at?, standing
-- row:     ConnectionKeyRow
SELECT k.id AS key_id, s.own, s.owner_name, k.client_id, k.name, k.ending, k.made_at, k.expires_on, k.last_used_at, s.standing
FROM ekasih.connection_keys_seen() AS s
JOIN ekasih.connection_key AS k ON k.id = s.id
WHERE s.own OR s.standing = 'holds'
ORDER BY s.own DESC, k.id DESC
LIMIT 200
