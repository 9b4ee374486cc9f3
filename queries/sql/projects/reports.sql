-- The reports of a project, the latest first; whether who is acting made one, and of a visit to the site
-- when it was, where, and how far from the project's place.
-- grain:   one row per report
-- params:  project
-- columns: report_id, day, shares, note, reason, state, made_by?, made_at, judged_by?, judged_at?, judged_reason, own, visited_at?, longitude?, latitude?, accuracy_m?, point_source?, apart_m?
-- row:     ProjectReportRow
SELECT r.id AS report_id, r.day, to_jsonb(r.shares) AS shares, r.note, r.reason, r.state, ekasih.name_of_user(r.made_by) AS made_by,
    r.made_at, ekasih.name_of_user(r.judged_by) AS judged_by, r.judged_at, r.judged_reason,
    coalesce(r.made_by = ekasih.acting_user(), false) AS own, r.visited_at, r.longitude, r.latitude, r.accuracy_m, r.point_source,
    CAST(round(ST_Distance(CAST(p.place AS geography),
        CAST(ST_SetSRID(ST_MakePoint(CAST(r.longitude AS float), CAST(r.latitude AS float)), 4326) AS geography))) AS integer) AS apart_m
FROM ekasih.project_report AS r
JOIN ekasih.project AS p ON p.id = r.project_id
WHERE p.number = :project
ORDER BY r.day DESC, r.id DESC
