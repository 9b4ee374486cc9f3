-- The projects of a household, the latest first.
-- grain:   one row per project
-- params:  household
-- columns: number, type_ms, type_en, office_ms?, office_en?, state, state_since, readable
-- row:     HouseholdProjectRow
SELECT p.number, p.type_ms, p.type_en, p.office_ms, p.office_en, p.state, p.state_since, p.readable
FROM ekasih.projects_of_household(:household) AS p
