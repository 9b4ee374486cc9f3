-- Who took some alerts.
-- grain:   one row per alert and person
-- params:  alerts
-- columns: alert_id, display_name, taken_at
-- row:     AlertTakerRow
SELECT t.alert_id, t.display_name, t.taken_at FROM ekasih.alert_takers(CAST(:alerts AS bigint[])) AS t ORDER BY t.taken_at
