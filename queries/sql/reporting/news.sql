-- Of each own or shared table that is made by itself the newest edition of the last sixty days, where who asks has not
-- opened it. Of all editions the newest thousand are looked at: the cost does not grow with them.
-- grain:   one row per table
-- params:  row_limit
-- columns: number, title, made_at
-- row:     ReportNewsRow
SELECT e.number, e.title, e.made_at
FROM (SELECT DISTINCT ON (w.table_id) w.id, w.table_id, w.number, w.title, w.made_at
      FROM (SELECT r.id, r.table_id, r.number, r.title, r.made_at, r.scheduled
            FROM ekasih.report_edition AS r ORDER BY r.id DESC LIMIT 1000) AS w
      WHERE w.scheduled AND w.made_at > now() - interval '60 days'
      ORDER BY w.table_id, w.id DESC) AS e
JOIN ekasih.report_table AS t ON t.id = e.table_id
WHERE t.every <> '' AND NOT ekasih.opened_edition(e.id)
ORDER BY e.id DESC
LIMIT :row_limit
