-- The steps of a referral that who is acting may take now.
-- grain:   one row per step
-- params:  referral_no
-- columns: action, to_state, needs_words, codes
-- row:     AllowedReferralStepRow
SELECT s.action, s.to_state, s.needs_words, s.codes FROM ekasih.allowed_referral_steps(:referral_no) AS s
