-- The districts elsewhere in which the number of a form is registered.
-- grain:   one row per district
-- params:  intake_reference
-- columns: district_name
-- row:     IntakeElsewhereRow
SELECT e.district_name FROM ekasih.intake_elsewhere(:intake_reference) AS e
