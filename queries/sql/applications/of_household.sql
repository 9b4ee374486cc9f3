-- The applications of a household that who is acting reads, the latest first.
-- grain:   one row per application
-- params:  household
-- columns: number, state, state_since, kind_ms, kind_en, agency_ms, agency_en
-- row:     HouseholdApplicationRow
SELECT a.number, a.state, a.state_since, k.name_ms AS kind_ms, k.name_en AS kind_en, g.name_ms AS agency_ms, g.name_en AS agency_en
FROM ekasih.aid_application AS a
JOIN ekasih.aid_kind AS k ON k.id = a.kind_id
JOIN ekasih.agency AS g ON g.id = a.agency_id
WHERE a.household_id = :household
ORDER BY a.id DESC
LIMIT 50
