-- The types of projects with the rate in force.
-- grain:   one row per type
-- params:
-- columns: code, name_ms, name_en, geometry, households, need_code?, need_ms?, need_en?, kind_code?, checks, damage?, documents, photos, shape, active, ceiling_rm?, milestones
-- row:     ProjectTypeRow
SELECT t.code, t.name_ms, t.name_en, t.geometry, t.households, t.need_code, n.name_ms AS need_ms, n.name_en AS need_en, t.kind_code,
    t.checks, t.damage, t.documents, t.photos, t.shape, t.active, ekasih.project_ceiling(t.code, current_date) AS ceiling_rm,
    (SELECT jsonb_agg(jsonb_build_object('name_ms', m.name_ms, 'name_en', m.name_en, 'weight', m.weight) ORDER BY m.position)
     FROM ekasih.project_type_milestone AS m WHERE m.type_code = t.code) AS milestones
FROM ekasih.project_type AS t
LEFT JOIN ekasih.aid_need AS n ON n.code = t.need_code
ORDER BY t.active DESC, t.code
