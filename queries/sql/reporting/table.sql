-- One own table, for who may read it.
-- grain:   one row, none where there is none that may be read
-- params:  id
-- columns: id, name, own, shared, spec, language, every, email?, next_on?
-- row:     OneReportTableRow
SELECT t.id, t.name, coalesce(t.owner_id = ekasih.acting_user(), false) AS own, t.shared, t.spec, t.language, t.every,
    CASE WHEN t.owner_id = ekasih.acting_user() THEN t.email END AS email, t.next_on
FROM ekasih.report_table AS t
WHERE t.id = CAST(:id AS bigint) AND t.retired_at IS NULL
