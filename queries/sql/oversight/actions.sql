-- The actions there are in the audit log.
-- grain:   one row per action
-- columns: action
-- row:     ActionRow
SELECT action FROM ekasih.audit_actions() AS a (action)
