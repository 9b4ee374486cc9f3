-- Views of pages that may be seen, the own first: kept by whom acts, or shared with them.
-- grain:   one row per view
-- params:  row_limit
-- columns: view_id, name, path, shared, role, own, home, made_at
-- row:     SavedViewRow
SELECT v.id AS view_id, v.name, v.path, v.shared, v.role, v.owner_id = ekasih.acting_user() AS own,
    EXISTS (SELECT FROM ekasih.saved_home AS s WHERE s.view_id = v.id AND s.user_id = ekasih.acting_user()) AS home, v.made_at
FROM ekasih.saved_view AS v
ORDER BY v.owner_id = ekasih.acting_user() DESC, v.id DESC
LIMIT CAST(:row_limit AS integer)
