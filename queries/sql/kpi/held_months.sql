-- Which months hold a measure, for everybody who signs in: it tells no figure. Who owns the register is not signed in.
-- grain:   one row per measure and month
-- params:
-- columns: measure, month
-- row:     HeldMonthRow
SELECT h.measure, h.month FROM ekasih.held_months() AS h
UNION
SELECT k.measure, k.month FROM ekasih.measure_month AS k WHERE k.area_code = 'MY'
