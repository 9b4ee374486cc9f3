-- The scenarios that one has named, and those that others of the same role share.
-- grain:   one row per scenario
-- columns: id, name, asked, area_code, shared, own, made_by_name, made_at
-- row:     SimulationRow
SELECT s.id, s.name, s.asked, s.area_code, s.shared, s.made_by = ekasih.acting_user() AS own, s.made_by_name, s.made_at
FROM ekasih.simulations_seen() AS s
ORDER BY s.made_at DESC, s.id DESC
LIMIT 100
