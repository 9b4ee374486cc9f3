-- The alert rules in their order.
-- grain:   one row per rule
-- params:
-- columns: code, condition, name_ms, name_en, active, by_mail, version, periods?, share?, points?, units?, months?, days?
-- row:     AlertRuleRow
SELECT r.code, r.condition, r.name_ms, r.name_en, r.active, r.by_mail, r.version, r.periods, r.share, r.points, r.units, r.months, r.days
FROM ekasih.alert_rule AS r
ORDER BY r.position
