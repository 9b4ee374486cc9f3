-- The reports of a project, the latest first; whether who is acting may judge one.
-- grain:   one row per report
-- params:  project
-- columns: report_id, day, shares, note, reason, state, made_by?, made_at, judged_by?, judged_at?, judged_reason, own
-- row:     ProjectReportRow
SELECT r.id AS report_id, r.day, to_jsonb(r.shares) AS shares, r.note, r.reason, r.state, ekasih.name_of_user(r.made_by) AS made_by,
    r.made_at, ekasih.name_of_user(r.judged_by) AS judged_by, r.judged_at, r.judged_reason,
    coalesce(r.made_by = ekasih.acting_user(), false) AS own
FROM ekasih.project_report AS r
JOIN ekasih.project AS p ON p.id = r.project_id
WHERE p.number = :project
ORDER BY r.day DESC, r.id DESC
