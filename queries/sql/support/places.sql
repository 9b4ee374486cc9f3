-- The places that a ticket may be about: states and districts, and the country.
-- grain:   one row per area
-- params:
-- columns: code, name, level, within
-- row:     TicketPlaceRow
SELECT a.code, a.name, a.level, w.name AS within
FROM ekasih.area AS a
JOIN ekasih.area AS w ON w.code = CASE a.level WHEN 'district' THEN a.state_code ELSE 'MY' END
WHERE a.level IN ('country', 'state', 'district')
ORDER BY a.level <> 'country', w.name, a.level DESC, a.name
