-- The tables of their own that who asks keeps or that were shared with them, the own first.
-- grain:   one row per table
-- params:
-- columns: id, name, own, shared, spec, language, every, email?, next_on?
-- row:     ReportTableRow
SELECT t.id, t.name, t.owner_id = ekasih.acting_user() AS own, t.shared, t.spec, t.language, t.every,
    CASE WHEN t.owner_id = ekasih.acting_user() THEN t.email END AS email, t.next_on
FROM ekasih.report_table AS t
WHERE t.retired_at IS NULL
ORDER BY t.owner_id = ekasih.acting_user() DESC, t.id DESC
LIMIT 200
