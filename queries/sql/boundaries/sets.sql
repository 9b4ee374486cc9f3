-- The sets of boundaries: the active one of a level first, then former ones, the latest first; what is wanted of each.
-- Who had it made active, and what is wanted, is told to administrators alone.
-- grain:   one row per set
-- params:  (none)
-- columns: set_id, level, name, source, licence, dated, accuracy_m, approximate, active, areas, since?, actor?, wanted, steps_done, steps_total, problem?
-- row:     BoundarySetRow
SELECT s.id AS set_id, s.level, s.name, s.source, s.licence, s.dated, s.accuracy_m, s.approximate, s.active,
    (SELECT count(*) FROM ekasih.area_boundary AS b WHERE b.set_id = s.id) AS areas,
    used.activated_at AS since, actors.name AS actor,
    wish.id IS NOT NULL AND wish.refused_at IS NULL AS wanted,
    coalesce(job.steps_done, 0) AS steps_done, coalesce(job.steps_total, 0) AS steps_total, wish.problem
FROM ekasih.boundary_set AS s
LEFT JOIN LATERAL (
    SELECT a.id, a.activated_at, a.asked_by FROM ekasih.boundary_activation AS a
    WHERE a.set_id = s.id AND a.activated_at IS NOT NULL ORDER BY a.id DESC LIMIT 1
) AS used ON true
LEFT JOIN ekasih.boundary_actors() AS actors ON actors.id = used.asked_by
LEFT JOIN LATERAL (
    SELECT a.id, a.refused_at, a.problem FROM ekasih.boundary_activation AS a
    WHERE a.set_id = s.id AND a.activated_at IS NULL AND a.id > coalesce(used.id, 0)
        AND ekasih.changes_boundaries()
    ORDER BY a.id DESC LIMIT 1
) AS wish ON true
LEFT JOIN LATERAL (
    SELECT j.steps_done, j.steps_total FROM ekasih.job AS j
    WHERE j.task = 'areas.activate_boundaries' AND j.arguments ->> 'activation' = CAST(wish.id AS text)
    ORDER BY j.id DESC LIMIT 1
) AS job ON true
ORDER BY array_position(ARRAY['state', 'district', 'mukim', 'parliament', 'dun', 'catchment'], s.level), s.active DESC,
    used.activated_at DESC NULLS LAST, s.id DESC
