-- The address that who acts comes to after signing in, where it is chosen and still in sight.
-- grain:   at most one row
-- params:
-- columns: path
-- row:     HomeViewRow
SELECT v.path
FROM ekasih.saved_home AS s
JOIN ekasih.saved_view AS v ON v.id = s.view_id
WHERE s.user_id = ekasih.acting_user()
