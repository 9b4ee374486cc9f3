-- The account behind a sign-in name, with what its password is checked against; none where it is unknown or closed.
-- grain:   at most one row
-- params:  login
-- columns: user_id, login, display_name, role, territory, permissions, session_version, password_hash
-- row:     SignInRow
SELECT user_id, login, display_name, role, territory, permissions, session_version, password_hash
FROM ekasih.sign_in_lookup(CAST(:login AS text))
