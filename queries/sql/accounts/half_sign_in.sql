-- Whose sign-in a token has half done, and what was shown so far; none where it is used up, too old, or the account changed.
-- grain:   at most one row
-- params:  token_hash
-- columns: user_id, login, display_name, role, territory, permissions, factor, password
-- row:     HalfSignInRow
SELECT user_id, login, display_name, role, territory, permissions, factor, password
FROM ekasih.half_sign_in_of(CAST(:token_hash AS bytea))
