-- Alerts that the acting user may read, the newest first: those for the acting user, all that are open, or closed ones.
-- grain:   one row per alert
-- params:  scope, row_limit
-- columns: alert_id, rule_ms, rule_en, condition, indicator_ms?, indicator_en?, indicator_code?, area_code, area_name, period, information, opened_at, closed_at?, taken_at?, snoozed_until?
-- row:     AlertRow
SELECT
    a.id AS alert_id, r.name_ms AS rule_ms, r.name_en AS rule_en, a.condition, i.name_ms AS indicator_ms,
    i.name_en AS indicator_en, a.indicator_code, a.area_code, area.name AS area_name, a.period, a.information, a.opened_at,
    a.closed_at, m.taken_at, m.snoozed_until
FROM ekasih.alert AS a
JOIN ekasih.alert_rule AS r ON r.code = a.rule_code
JOIN ekasih.area AS area ON area.code = a.area_code
LEFT JOIN ekasih.indicator AS i ON i.code = a.indicator_code
LEFT JOIN ekasih.alert_mark AS m ON m.alert_id = a.id AND m.user_id = ekasih.acting_user()
WHERE CASE CAST(:scope AS text)
        WHEN 'closed' THEN a.closed_at IS NOT NULL
        WHEN 'open' THEN a.closed_at IS NULL
        ELSE a.closed_at IS NULL AND ekasih.alert_is_for(r.to_whom, a.area_code)
    END
ORDER BY a.opened_at DESC, a.id DESC
LIMIT CAST(:row_limit AS integer)
