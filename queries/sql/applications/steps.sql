-- The steps that an application has taken, the latest first.
-- grain:   one row per step
-- params:  application
-- columns: action, from_state, to_state, at, actor, actor_name?, agency_ms?, agency_en?, code?, reason?, amount_rm?, detail
-- row:     AidStepRow
SELECT s.action, s.from_state, s.to_state, s.at, s.actor, ekasih.name_of_user(s.actor_id) AS actor_name,
    g.name_ms AS agency_ms, g.name_en AS agency_en, s.code, s.reason, s.amount_rm, s.detail
FROM ekasih.aid_application AS a
JOIN ekasih.aid_step AS s ON s.application_id = a.id
LEFT JOIN ekasih.agency AS g ON g.id = s.agency_id
WHERE a.number = :application
ORDER BY s.id DESC
