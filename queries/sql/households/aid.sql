-- Aid that a family told of itself, newest first.
-- grain:   one row per aid
-- params:  household
-- columns: aid_id, person_id?, member_name?, agency, programme, given_on?, amount_rm?, frequency?
-- row:     AidRow
SELECT a.id AS aid_id, a.person_id, p.name AS member_name, a.agency, a.programme, a.given_on, a.amount_rm, a.frequency
FROM ekasih.aid_received AS a
LEFT JOIN ekasih.person AS p ON p.id = a.person_id
WHERE a.household_id = :household
ORDER BY a.given_on DESC NULLS LAST, a.id DESC
