-- The rule and the survey year of the poverty line that held on a day.
-- grain:   one row
-- params:  on_date
-- columns: rule?, line_year?
-- row:     LineOfDayRow
SELECT min(l.rule) AS rule, max(p.survey_year) AS line_year
FROM ekasih.lines_in_force(CAST(:on_date AS date)) AS l
JOIN ekasih.poverty_line AS p ON p.id = l.line_id
