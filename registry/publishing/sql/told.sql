-- What was told of closed months for ever in reports, and of others when it was published last, without a count hidden;
-- of a month that begins what was published of the one before.
-- grain:   one row per month, area and cut
-- params:  this_month
-- columns: month, area_code, cut, tegar, miskin
SELECT c.month, c.area_code, c.cut, c.tegar, c.miskin
FROM ekasih.report_count AS c
WHERE c.month < CAST(:this_month AS date)
UNION ALL
SELECT p.month, p.area_code, p.cut, p.tegar, p.miskin
FROM ekasih.published_count AS p
WHERE p.month <= CAST(:this_month AS date) AND NOT EXISTS (SELECT FROM ekasih.report_month AS r WHERE r.month = p.month)
UNION ALL
SELECT CAST(:this_month AS date), p.area_code, p.cut, p.tegar, p.miskin
FROM ekasih.published_count AS p
WHERE p.month = CAST(:this_month AS date) - interval '1 month'
    AND NOT EXISTS (SELECT FROM ekasih.published_count AS n WHERE n.month = CAST(:this_month AS date))
