-- Presentations that may be seen, the own first, each with its views in order: numbers, names and addresses of those in sight.
-- grain:   one row per presentation
-- params:  row_limit
-- columns: presentation_id, name, shared, role, own, views, names, paths
-- row:     PresentationRow
SELECT p.id AS presentation_id, p.name, p.shared, p.role, p.owner_id = ekasih.acting_user() AS own,
    coalesce(jsonb_agg(v.id ORDER BY step.place) FILTER (WHERE v.id IS NOT NULL), '[]') AS views,
    coalesce(array_agg(v.name ORDER BY step.place) FILTER (WHERE v.id IS NOT NULL), '{}') AS names,
    coalesce(array_agg(v.path ORDER BY step.place) FILTER (WHERE v.id IS NOT NULL), '{}') AS paths
FROM (SELECT * FROM ekasih.presentation AS own ORDER BY own.owner_id = ekasih.acting_user() DESC, own.id DESC
      LIMIT CAST(:row_limit AS integer)) AS p
CROSS JOIN LATERAL unnest(p.views) WITH ORDINALITY AS step (view_id, place)
LEFT JOIN ekasih.saved_view AS v ON v.id = step.view_id
GROUP BY p.id, p.name, p.shared, p.role, p.owner_id
ORDER BY own DESC, p.id DESC
