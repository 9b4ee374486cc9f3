-- What was wrong with the work of a project, the latest first.
-- grain:   one row per defect
-- params:  project
-- columns: defect_id, noted_on, words, noted_by, mended_on?, mended_words, mended_by?
-- row:     ProjectDefectRow
SELECT d.id AS defect_id, d.noted_on, d.words, d.noted_by, d.mended_on, d.mended_words, d.mended_by
FROM ekasih.project_defect AS d
JOIN ekasih.project AS p ON p.id = d.project_id
WHERE p.number = :project
ORDER BY d.id DESC
