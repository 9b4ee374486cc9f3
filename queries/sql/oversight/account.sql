-- One account, to be changed.
-- grain:   one row at most
-- params:  user_id
-- columns: login, role, territory, active, version
-- row:     AccountRow
SELECT u.login, u.role, u.territory, u.active, u.session_version AS version
FROM ekasih.app_user AS u
WHERE u.id = CAST(:user_id AS bigint)
