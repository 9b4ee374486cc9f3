-- The sessions of the person asking that go on, that of this browser first.
-- grain:   one row per session
-- params:  token_hash, row_limit
-- columns: session_id, own, begun_at, seen_at, browser, network, total
-- row:     OwnSessionRow
SELECT session_id, own, begun_at, seen_at, browser, network, total
FROM ekasih.own_sessions(CAST(:token_hash AS bytea), CAST(:row_limit AS integer))
