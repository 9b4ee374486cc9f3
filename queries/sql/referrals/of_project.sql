-- The referrals of a project that who is acting sent or received, the latest first.
-- grain:   one row per referral
-- params:  project
-- columns: number, state, to_party, to_ms, to_en, sent_on
-- row:     ProjectReferralRow
SELECT r.number, r.state, r.to_party, n.name_ms AS to_ms, n.name_en AS to_en, r.sent_on
FROM ekasih.referrals_of_project(:project) AS r
CROSS JOIN LATERAL ekasih.party_names(r.to_party) AS n
