-- What reports tell of closed months for ever; without a count hidden.
-- grain:   one row per month, area and cut
-- params:  this_month
-- columns: month, area_code, cut, tegar, miskin
SELECT c.month, c.area_code, c.cut, c.tegar, c.miskin
FROM ekasih.report_count AS c
WHERE c.month < CAST(:this_month AS date)
