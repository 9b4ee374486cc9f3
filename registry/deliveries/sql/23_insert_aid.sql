-- Aid already received.
INSERT INTO aid_received (household_id, person_id, agency, programme, given_on, amount_rm, frequency)
SELECT g.household_id, g.person_id, g.agency, g.programme, g.given_on, g.amount_rm, g.frequency
FROM placed_aid AS g
JOIN accepted AS a ON a.id = g.household_id AND NOT a.unchanged
