-- What meets the need of a held row already, on some of its days, for a household or for one of its members.
-- grain:   one row per claim
-- params:  aid_row, household, person
-- columns: claim_id, agency_ms, agency_en, programme_ms, programme_en, reference?, amount_rm?, begins, ends?, member_name?
-- row:     InTheWayRow
SELECT c.id AS claim_id, a.name_ms AS agency_ms, a.name_en AS agency_en, p.name_ms AS programme_ms, p.name_en AS programme_en,
    coalesce(l.reference, c.application_no) AS reference, l.amount_rm, lower(c.period) AS begins,
    CASE WHEN upper_inf(c.period) THEN NULL ELSE upper(c.period) - 1 END AS ends, m.name AS member_name
FROM ekasih.aid_row AS r
JOIN ekasih.aid_kind AS asked ON asked.id = r.kind_id
JOIN ekasih.aid_claim AS c
    ON c.household_id = :household AND c.need_code = asked.need_code AND c.period && r.period
    AND c.exclusive AND c.override_id IS NULL AND c.ended_at IS NULL
JOIN ekasih.agency AS a ON a.id = c.agency_id
JOIN ekasih.aid_kind AS k ON k.id = c.kind_id
JOIN ekasih.aid_programme AS p ON p.id = k.programme_id
LEFT JOIN ekasih.aid_line AS l ON l.id = c.line_id
LEFT JOIN ekasih.person AS m ON CAST(m.id AS text) = c.person_key AND m.household_id = c.household_id
WHERE r.id = :aid_row AND (SELECT ekasih.acting_agency()) IS NULL
    AND (asked.recipient = 'isi_rumah') = (c.person_key = '')
    AND (c.person_key = '' OR CAST(:person AS text) IS NULL OR c.person_key = CAST(:person AS text))
ORDER BY lower(c.period), c.id
