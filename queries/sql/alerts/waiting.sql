-- How many open alerts wait for the acting user: for this person, not taken by it and not put off; counted up to a limit.
-- grain:   one row
-- params:  row_limit
-- columns: waiting
-- row:     AlertsWaitingRow
SELECT count(*) AS waiting
FROM (
    SELECT FROM ekasih.alert AS a
    JOIN ekasih.alert_rule AS r ON r.code = a.rule_code
    LEFT JOIN ekasih.alert_mark AS m ON m.alert_id = a.id AND m.user_id = ekasih.acting_user()
    WHERE a.closed_at IS NULL AND m.taken_at IS NULL AND coalesce(m.snoozed_until <= current_date, true)
        AND ekasih.alert_is_for(r.to_whom, a.area_code)
    LIMIT CAST(:row_limit AS integer)
) AS w
