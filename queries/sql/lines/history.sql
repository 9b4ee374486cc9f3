-- The changes of the lines and the rule, the latest first, without counts.
-- grain:   one row per change
-- params:  row_limit, row_offset
-- columns: change_id, kind, survey_year?, rule?, vulnerable_urban_rm?, vulnerable_rural_rm?, effective_from, asked_by?, asked_at, state, done_at?, decided_on?, touched?, total
-- row:     ChangeListRow
SELECT h.change_id, h.kind, h.survey_year, h.rule, h.vulnerable_urban_rm, h.vulnerable_rural_rm, h.effective_from,
    h.asked_by, h.asked_at, h.state, h.done_at, h.decided_on, h.touched, count(*) OVER () AS total
FROM ekasih.line_history() AS h
ORDER BY h.change_id DESC
LIMIT CAST(:row_limit AS integer) OFFSET CAST(:row_offset AS integer)
