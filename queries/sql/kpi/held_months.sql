-- Which months hold a measure, for everybody who signs in: it tells no figure.
-- grain:   one row per measure and month
-- params:
-- columns: measure, month
-- row:     HeldMonthRow
SELECT h.measure, h.month FROM ekasih.held_months() AS h ORDER BY h.measure, h.month
