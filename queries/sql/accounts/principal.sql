-- Who a signed-in account is now: role and territory may have changed, or the account been closed.
-- grain:   at most one row
-- params:  user_id
-- columns: user_id, login, display_name, role, territory, permissions, session_version
-- row:     PrincipalRow
SELECT user_id, login, display_name, role, territory, permissions, session_version
FROM ekasih.principal_of(CAST(:user_id AS bigint))
