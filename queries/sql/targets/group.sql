-- One target group; own says whether it is that of who asks, decides whether who asks may decide on it now.
-- grain:   at most one row
-- params:  target_group
-- columns: group_id, name, purpose, agency_id?, agency_ms?, agency_en?, state, version, conditions, polygon?, on_date, fields, made_at, asked_at?, states, counts, decided_at?, reason?, frozen_at?, expires_on?, households?, own, decides
-- row:     TargetGroupRow
SELECT g.id AS group_id, g.name, g.purpose, g.agency_id, a.name_ms AS agency_ms, a.name_en AS agency_en,
    CASE WHEN g.state = 'beku' AND g.expires_on < current_date THEN 'luput' ELSE g.state END AS state, g.version, g.conditions,
    g.polygon, g.on_date, g.fields, g.made_at, g.asked_at, g.states, g.counts, g.decided_at, g.reason, g.frozen_at, g.expires_on,
    g.households, ekasih.own_target(g.agency_id, g.made_by) AS own,
    g.state = 'dipohon' AND ekasih.may('approve_targets') AND ekasih.acting_agency() IS NULL
        AND g.made_by <> ekasih.acting_user() AND (ekasih.nationwide() OR cardinality(g.states) = 1) AS decides
FROM ekasih.target_group AS g
LEFT JOIN ekasih.agency AS a ON a.id = g.agency_id
WHERE g.id = CAST(:target_group AS bigint)
