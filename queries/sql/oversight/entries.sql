-- Entries of the audit log as auditors see them, the newest first: names of fields, no value.
-- grain:   one row per entry
-- params:  since, until, person, done, district, row_limit, row_offset
-- columns: entry_id, at, actor, action, subject, subject_id?, file_no?, district_code?, district_name?, fields
-- row:     EntryRow
SELECT e.id AS entry_id, e.at, e.actor, e.action, e.subject, e.subject_id, e.file_no, e.district_code,
    area.name AS district_name, e.fields
FROM ekasih.audit_entries(CAST(:since AS date), CAST(:until AS date), CAST(:person AS text), CAST(:done AS text),
    CAST(:district AS text), CAST(:row_limit AS integer), CAST(:row_offset AS integer)) AS e
LEFT JOIN ekasih.area AS area ON area.code = e.district_code
ORDER BY e.id DESC
