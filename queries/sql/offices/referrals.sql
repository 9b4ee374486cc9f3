-- The referrals of an office that fell due in a year, those that are not answered in time first.
-- grain:   one row per referral
-- params:  office, year, direction, row_limit
-- columns: number, state, due_on, answered_on?, in_time
-- row:     OfficeReferralRow
SELECT r.number, r.state, r.due_on, r.answered_on, r.in_time
FROM ekasih.office_referrals(:office, CAST(:year AS integer), :direction) AS r
ORDER BY r.in_time, r.due_on, r.number
LIMIT :row_limit
