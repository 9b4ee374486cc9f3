-- The projects of an office by their state.
-- grain:   one row per state
-- params:  office
-- columns: state, projects, amount
-- row:     OfficeProjectStateRow
SELECT s.state, s.projects, s.amount FROM ekasih.office_project_states(:office) AS s
