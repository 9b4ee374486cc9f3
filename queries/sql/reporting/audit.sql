-- What was done in a month, by kind: how many entries of the log, by how many people; for who reads the log.
-- grain:   one row per kind
-- params:  month
-- columns: action, people, entries
-- row:     ReportAuditRow
SELECT m.action, m.people, m.entries FROM ekasih.audit_month(CAST(:month AS date)) AS m
ORDER BY m.entries DESC, m.action
