-- The actions there are in the audit log.
-- grain:   one row per action
-- columns: action
SELECT action FROM ekasih.audit_actions() AS a (action)
