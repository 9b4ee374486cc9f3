-- The versions of a project's plan, the first first.
-- grain:   one row per version
-- params:  project
-- columns: version, begins, ends, reference, reason, made_by, made_at
-- row:     ProjectPlanRow
SELECT v.version, to_jsonb(v.begins) AS begins, to_jsonb(v.ends) AS ends, v.reference, v.reason, v.made_by, v.made_at
FROM ekasih.project_plan AS v
JOIN ekasih.project AS p ON p.id = v.project_id
WHERE p.number = :project
ORDER BY v.version
