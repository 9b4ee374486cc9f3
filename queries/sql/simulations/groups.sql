-- Groups of thirty households or more, which who sees no persons works with.
-- grain:   one row per group
-- columns: state_code, strata, month, made_at, households, per_head_rm, members, sources_rm, earners, children
-- row:     GroupRow
SELECT g.state_code, g.strata, g.month, g.made_at, g.households, g.per_head_rm, g.members, g.sources_rm, g.earners, g.children
FROM ekasih.simulation_group AS g
ORDER BY g.state_code, g.strata, g.no
