-- Who a browser's token stands for now, and whether time has ended the session meanwhile; none where it ended before.
-- grain:   at most one row
-- params:  token_hash
-- columns: user_id, login, display_name, role, territory, permissions, goes_on, unseen_seconds
-- row:     SessionRow
SELECT user_id, login, display_name, role, territory, permissions, goes_on, unseen_seconds
FROM ekasih.session_of(CAST(:token_hash AS bytea))
