-- What is still told of a referral that ended long ago.
-- grain:   one row
-- params:  referral_no
-- columns: number, state, sent_on, closed_on
-- row:     EndedReferralRow
SELECT e.number, e.state, e.sent_on, e.closed_on FROM ekasih.ended_referral(:referral_no) AS e
