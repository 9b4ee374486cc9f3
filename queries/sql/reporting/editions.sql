-- The editions that who asks may read, the newest first, from one on: of one report or table, or of all.
-- grain:   one row per edition
-- params:  report, table_id, before_id, row_limit
-- columns: id, number, report, table_id?, title, area_code, area_name?, month, language, exact, sample, pages, made_at, own, scheduled
-- row:     EditionRow
SELECT e.id, e.number, e.report, e.table_id, e.title, e.area_code, a.name AS area_name, e.month, e.language, e.exact, e.sample,
    e.pages, e.made_at, coalesce(e.made_by = ekasih.acting_user(), false) AS own, e.scheduled
FROM ekasih.report_edition AS e
LEFT JOIN ekasih.area AS a ON a.code = e.area_code
WHERE (CAST(:report AS text) IS NULL OR e.report = CAST(:report AS text))
    AND (CAST(:table_id AS bigint) IS NULL OR e.table_id = CAST(:table_id AS bigint))
    AND (CAST(:before_id AS bigint) IS NULL OR e.id < CAST(:before_id AS bigint))
ORDER BY e.id DESC
LIMIT :row_limit
