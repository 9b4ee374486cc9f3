-- The accounts of the sample register, for the sign-in page to name while they exist.
-- grain:   one row per account
-- params:
-- columns: login, display_name, role
-- row:     DemoLoginRow
SELECT login, display_name, role
FROM ekasih.demo_logins()
