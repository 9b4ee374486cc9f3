-- The holidays from a day on, of the country and of states.
-- grain:   one row per state and day
-- params:  on_day
-- columns: state_code, name, day, name_ms, name_en
-- row:     SupportHolidayRow
SELECT h.state_code, a.name, h.day, h.name_ms, h.name_en
FROM ekasih.support_holiday AS h JOIN ekasih.area AS a ON a.code = h.state_code
WHERE h.day >= CAST(:on_day AS date)
ORDER BY h.day, h.state_code LIMIT 400
