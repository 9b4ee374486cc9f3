-- The alert rules in their order.
-- grain:   one row per rule
-- params:
-- columns: code, name_ms, name_en, active, by_mail, version
-- row:     AlertRuleRow
SELECT r.code, r.name_ms, r.name_en, r.active, r.by_mail, r.version FROM ekasih.alert_rule AS r ORDER BY r.position
