-- One referral as who is acting reads it; its household or project where that person reads the record anyway.
-- grain:   one row
-- params:  referral_no
-- columns: number, state, from_party, from_ms, from_en, to_party, to_ms, to_en, about, project_no?, household_id?, file_no?, shown_name?, area_code?, area_name?, question, components, decision?, sent_on, due_on, answered_on?, closed_on?, late, sent_by?, version, sender, receiver
-- row:     ReferralRow
SELECT r.number, r.state, r.from_party, s.name_ms AS from_ms, s.name_en AS from_en, r.to_party, t.name_ms AS to_ms,
    t.name_en AS to_en, r.about, ekasih.referral_project(r.number) AS project_no, h.household_id, h.file_no,
    ekasih.referral_name(r.number) AS shown_name, r.area_code, a.name AS area_name, r.question, r.components, r.decision,
    r.sent_on, r.due_on, r.answered_on, r.closed_on, r.state IN ('dihantar', 'diterima') AND r.due_on < current_date AS late,
    ekasih.name_of_user(r.sent_by) AS sent_by, r.version, r.from_party = ANY (p.mine) AS sender, r.to_party = ANY (p.mine) AS receiver
FROM (SELECT ekasih.referral_parties() AS mine) AS p
JOIN ekasih.referral AS r ON r.number = :referral_no
CROSS JOIN LATERAL ekasih.party_names(r.from_party) AS s
CROSS JOIN LATERAL ekasih.party_names(r.to_party) AS t
LEFT JOIN ekasih.area AS a ON a.code = r.area_code
LEFT JOIN LATERAL ekasih.referral_household(r.number) AS h ON true
