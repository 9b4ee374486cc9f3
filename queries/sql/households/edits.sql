-- Who changed what in a household's record, newest first, areas by their names; what was only looked at is not among it.
-- grain:   one row per entry of the audit log
-- params:  household
-- columns: entry_id, at, actor, action, before?, after?
-- row:     EditRow
SELECT entry.id AS entry_id, entry.at, entry.actor, entry.action,
    ekasih.with_area_names(entry.before) AS before, ekasih.with_area_names(entry.after) AS after
FROM ekasih.audit_log AS entry
WHERE entry.subject = 'household' AND entry.subject_id = :household
  AND entry.action NOT IN ('read', 'reveal_id', 'export_record')
ORDER BY entry.id DESC
