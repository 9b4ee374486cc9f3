-- The rate of each district inside an area (0-1), what it is drawn to, and what pocket it is in; a district without a rate
-- has no figure. In the order of codes.
-- grain:   one row per district
-- params:  look, within
-- columns: area_code, area_name, state_name, rate?, smoothed?, smoothed_near?, small, neighbours?, lisa?, gi?
-- row:     RateRow
SELECT a.code AS area_code, a.name AS area_name, s.name AS state_name, p.rate, p.smoothed, p.smoothed_near,
    coalesce(p.small, false) AS small, p.neighbours, p.lisa, p.gi
FROM ekasih.area AS a
JOIN ekasih.area AS s ON s.code = a.state_code
LEFT JOIN ekasih.area_pocket AS p ON p.area_code = a.code AND p.subject = CAST(:look AS text)
WHERE a.level = 'district' AND CAST(:within AS text) IN ('MY', a.state_code, a.code)
ORDER BY a.code
