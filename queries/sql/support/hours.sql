-- The working hours of each state and of the federal offices, as they hold from a day on.
-- grain:   one row per state and day
-- params:
-- columns: state_code, name, since, opens, closes, weekend
-- row:     SupportHoursRow
SELECT h.state_code, a.name, h.since, left(h.opens::text, 5) AS opens, left(h.closes::text, 5) AS closes,
    array_to_string(h.weekend, ',') AS weekend
FROM ekasih.support_hours AS h JOIN ekasih.area AS a ON a.code = h.state_code
ORDER BY h.state_code <> 'MY', a.name, h.since
