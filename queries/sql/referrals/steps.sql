-- The thread of a referral, the earliest first.
-- grain:   one row per step
-- params:  referral_no
-- columns: step_id, action, to_state, at, actor_name?, party, party_ms, party_en, decision?, words
-- row:     ReferralStepRow
SELECT s.id AS step_id, s.action, s.to_state, s.at, coalesce(ekasih.name_of_user(s.actor_id), s.actor) AS actor_name, s.party,
    n.name_ms AS party_ms, n.name_en AS party_en, s.decision, s.words
FROM ekasih.referral AS r
JOIN ekasih.referral_step AS s ON s.referral_id = r.id
CROSS JOIN LATERAL ekasih.party_names(s.party) AS n
WHERE r.number = :referral_no
ORDER BY s.id
