-- What else was published when a month was first told, of an area and of those of a level inside it; hidden values are empty.
-- grain:   one row per area, cut and figure
-- params:  month, subject, level, within
-- columns: area_code, area_name, cut, figure, value?, name_ms?, name_en?
-- row:     ReportFigureRow
SELECT f.area_code, a.name AS area_name, f.cut, f.figure, f.value,
    coalesce(n.name_ms, g.name_ms, p.name_ms, t.name_ms, i.name_ms) AS name_ms,
    coalesce(n.name_en, g.name_en, p.name_en, t.name_en, i.name_en) AS name_en
FROM ekasih.report_figure AS f
JOIN ekasih.area AS a ON a.code = f.area_code
LEFT JOIN ekasih.aid_need AS n ON f.subject = 'aid' AND f.cut = 'need:' || n.code
LEFT JOIN ekasih.agency AS g ON f.subject = 'aid' AND f.cut = 'agency:' || g.code
LEFT JOIN ekasih.aid_programme AS p ON f.subject = 'aid' AND f.cut = 'programme:' || p.code
LEFT JOIN ekasih.project_type AS t ON f.subject = 'project' AND f.cut = t.code
LEFT JOIN ekasih.indicator AS i ON f.subject = 'share' AND f.cut = i.code
WHERE f.month = CAST(:month AS date) AND f.subject = CAST(:subject AS text)
    AND (a.code = CAST(:within AS text)
         OR (a.level = CAST(:level AS text) AND CAST(:within AS text) IN ('MY', a.parent_code, a.state_code)))
ORDER BY f.area_code, f.cut, f.figure
