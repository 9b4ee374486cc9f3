-- Who put each survey year into force last, and when; years that came with the register have nobody.
-- grain:   one row per survey year
-- columns: survey_year, effective_from, asked_by?, done_at?
-- row:     AdoptionRow
SELECT DISTINCT ON (h.survey_year) h.survey_year, h.effective_from, h.asked_by, h.done_at
FROM ekasih.line_history() AS h
WHERE h.kind = 'adopt_line' AND h.state IN ('done', 'adopted')
ORDER BY h.survey_year, h.change_id DESC
