-- Target groups that may be seen, those that wait first; shown is how many households the agency was shown, none below ten.
-- grain:   one row per group
-- params:  row_limit
-- columns: group_id, name, agency_ms?, agency_en?, state, on_date, made_at, shown?, asked, households?, expires_on?, own
-- row:     TargetListRow
SELECT g.id AS group_id, g.name, a.name_ms AS agency_ms, a.name_en AS agency_en,
    CASE WHEN g.state = 'beku' AND g.expires_on < current_date THEN 'luput' ELSE g.state END AS state, g.on_date, g.made_at,
    CAST(g.counts ->> '' AS integer) AS shown, g.asked_at IS NOT NULL AS asked, g.households, g.expires_on,
    ekasih.own_target(g.agency_id, g.made_by) AS own
FROM ekasih.target_group AS g
LEFT JOIN ekasih.agency AS a ON a.id = g.agency_id
ORDER BY g.state = 'dipohon' DESC, g.id DESC
LIMIT CAST(:row_limit AS integer)
