-- Applications that were routed to the own agency, after one by its number; those in one state, or all that are still told of.
-- grain:   one row per application
-- params:  after_id, state, row_limit
-- columns: application_id, number, state, state_since, due_on?, version, programme_code, kind_code, district_code, amount_asked_rm, amount_rm?, opened_at
-- row:     RoutedRow
SELECT a.id AS application_id, a.number, a.state, a.state_since, a.due_on, a.version, p.code AS programme_code,
    k.code AS kind_code, a.district_code, a.amount_asked_rm, a.amount_rm, a.opened_at
FROM ekasih.aid_application AS a
JOIN ekasih.aid_kind AS k ON k.id = a.kind_id
JOIN ekasih.aid_programme AS p ON p.id = k.programme_id
WHERE a.agency_id = (SELECT ekasih.acting_agency()) AND a.id > CAST(:after_id AS bigint)
    AND (CAST(:state AS text) IS NULL OR a.state = CAST(:state AS text))
ORDER BY a.id
LIMIT CAST(:row_limit AS integer)
