-- How many referrals wait for the own party's answer, how many of its own came back answered, and how many of either side are
-- late, each counted up to 1,000.
-- grain:   one row
-- params:
-- columns: received, answered, late, received_due_on?, answered_on?
-- row:     ReferralCountsRow
WITH mine AS MATERIALIZED (
    SELECT unnest(ekasih.referral_parties()) AS party
), received AS MATERIALIZED (
    SELECT w.due_on FROM mine CROSS JOIN LATERAL (
        SELECT r.due_on FROM ekasih.referral AS r
        WHERE r.to_party = mine.party AND r.state IN ('dihantar', 'diterima') ORDER BY r.due_on, r.id LIMIT 1000) AS w
    LIMIT 1000
), answered AS MATERIALIZED (
    SELECT w.answered_on FROM mine CROSS JOIN LATERAL (
        SELECT r.answered_on FROM ekasih.referral AS r
        WHERE r.from_party = mine.party AND r.state = 'dijawab' ORDER BY r.due_on, r.id LIMIT 1000) AS w
    LIMIT 1000
), sent_late AS MATERIALIZED (
    SELECT w.id FROM mine CROSS JOIN LATERAL (
        SELECT r.id FROM ekasih.referral AS r
        WHERE r.from_party = mine.party AND r.state IN ('dihantar', 'diterima') AND r.due_on < current_date
        ORDER BY r.due_on, r.id LIMIT 1000) AS w
    LIMIT 1000
)
SELECT (SELECT count(*) FROM received) AS received, (SELECT count(*) FROM answered) AS answered,
    least(1000, (SELECT count(*) FROM received AS r WHERE r.due_on < current_date) + (SELECT count(*) FROM sent_late)) AS late,
    (SELECT min(r.due_on) FROM received AS r) AS received_due_on, (SELECT min(a.answered_on) FROM answered AS a) AS answered_on
