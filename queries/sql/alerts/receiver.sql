-- Where the daily message of the acting user goes.
-- grain:   one row, or none
-- params:
-- columns: email, quiet_from, quiet_until
-- row:     AlertReceiverRow
SELECT r.email, r.quiet_from, r.quiet_until FROM ekasih.alert_receiver AS r WHERE r.user_id = ekasih.acting_user()
