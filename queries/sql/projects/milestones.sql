-- The milestones of a project in their order, with the days that the plan in force gives them.
-- grain:   one row per milestone
-- params:  project
-- columns: position, name_ms, name_en, weight, begins?, ends?
-- row:     ProjectMilestoneRow
SELECT m.position, m.name_ms, m.name_en, m.weight, v.begins[m.position] AS begins, v.ends[m.position] AS ends
FROM ekasih.project AS p
JOIN ekasih.project_milestone AS m ON m.project_id = p.id
LEFT JOIN LATERAL (
    SELECT n.begins, n.ends FROM ekasih.project_plan AS n WHERE n.project_id = p.id ORDER BY n.version DESC LIMIT 1) AS v ON true
WHERE p.number = :project
ORDER BY m.position
