-- The referrals of a household that who is acting sent or received, the latest first.
-- grain:   one row per referral
-- params:  household
-- columns: number, state, to_party, to_ms, to_en, sent_on
-- row:     HouseholdReferralRow
SELECT r.number, r.state, r.to_party, n.name_ms AS to_ms, n.name_en AS to_en, r.sent_on
FROM ekasih.referrals_of_household(:household) AS r
CROSS JOIN LATERAL ekasih.party_names(r.to_party) AS n
