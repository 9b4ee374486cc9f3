-- Entries of the audit log as auditors see them, the newest first, from before an entry on: names of fields, and what they
-- were and became where that may be told.
-- grain:   one row per entry
-- params:  since, until, person, done, district, about, before_id, row_limit
-- columns: entry_id, at, actor, action, subject, subject_id?, file_no?, district_code?, district_name?, source?, fields, was?, became?
-- row:     EntryRow
SELECT e.id AS entry_id, e.at, e.actor, e.action, e.subject, e.subject_id, e.file_no, e.district_code,
    area.name AS district_name, e.source, e.fields, e.was, e.became
FROM ekasih.audit_entries(CAST(:since AS date), CAST(:until AS date), CAST(:person AS text), CAST(:done AS text),
    CAST(:district AS text), CAST(:about AS bigint[]), CAST(:before_id AS bigint), CAST(:row_limit AS integer)) AS e
LEFT JOIN ekasih.area AS area ON area.code = e.district_code
ORDER BY e.id DESC
