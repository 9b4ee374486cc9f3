-- One application as who is acting reads it.
-- grain:   one row
-- params:  application
-- columns: number, state, state_since, due_on?, late, version, for_name, household_id?, file_no?, person_id?, member_no?, kind_id, kind_ms, kind_en, form, recipient, coverage, unit?, programme_code, programme_ms, programme_en, has_ledger, agency_code, agency_ms, agency_en, office_ms?, office_en?, district_name, channel, head_present, asked_by, asked_relation, asked_phone, purpose, amount_asked_rm, asked_first?, asked_last?, amount_rm?, first_day?, last_day?, ceiling_rm?, need_ms, need_en, conditions?, verdict, outside_target?, submitted_version?, decided_version?, household_version?, opened_by?, opened_at, own, override_asked, override_given
-- row:     ApplicationRow
SELECT a.number, a.state, a.state_since, a.due_on, coalesce(a.due_on < current_date AND a.state <> 'ditolak', false) AS late, a.version,
    a.for_name, h.id AS household_id, h.file_no, m.id AS person_id, m.member_no, k.id AS kind_id, k.name_ms AS kind_ms, k.name_en AS kind_en, k.form,
    k.recipient, k.coverage, k.quantity_unit AS unit, p.code AS programme_code, p.name_ms AS programme_ms,
    p.name_en AS programme_en, p.has_ledger, g.code AS agency_code, g.name_ms AS agency_ms, g.name_en AS agency_en,
    o.name_ms AS office_ms, o.name_en AS office_en, d.name AS district_name, a.channel, a.head_present, a.asked_by,
    a.asked_relation, a.asked_phone, a.purpose, a.amount_asked_rm, lower(a.asked_period) AS asked_first,
    upper(a.asked_period) - 1 AS asked_last, a.amount_rm, lower(a.period) AS first_day,
    CASE WHEN NOT upper_inf(a.period) THEN upper(a.period) - 1 END AS last_day,
    ekasih.aid_ceiling(a.kind_id, ekasih.aid_period(k.coverage, current_date, a.asked_period)) AS ceiling_rm,
    n.name_ms AS need_ms, n.name_en AS need_en, c.conditions, a.verdict, a.outside_target, a.submitted_version,
    a.decided_version, h.version AS household_version, ekasih.name_of_user(a.opened_by) AS opened_by, a.opened_at,
    coalesce(a.agency_id = ekasih.acting_agency(), false) AS own, a.override_asked,
    a.override_id IS NOT NULL AS override_given
FROM ekasih.aid_application AS a
JOIN ekasih.aid_kind AS k ON k.id = a.kind_id
JOIN ekasih.aid_need AS n ON n.code = k.need_code
JOIN ekasih.aid_programme AS p ON p.id = k.programme_id
JOIN ekasih.agency AS g ON g.id = a.agency_id
JOIN ekasih.area AS d ON d.code = a.district_code
LEFT JOIN ekasih.office AS o ON o.code = a.office_code
LEFT JOIN ekasih.aid_conditions AS c ON c.id = a.conditions_id
LEFT JOIN ekasih.household AS h ON h.id = a.household_id
LEFT JOIN ekasih.person AS m ON m.id = a.person_id
WHERE a.number = :application
