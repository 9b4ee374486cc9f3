-- Areas that lie wholly in the territory of who asks: the country, states, districts.
-- grain:   one row per area
-- columns: code, level, name, state_name?
-- row:     AreaRow
SELECT a.code, a.level, a.name, state.name AS state_name
FROM ekasih.area AS a
LEFT JOIN ekasih.area AS state ON state.code = a.state_code AND a.level = 'district'
WHERE a.level IN ('country', 'state', 'district') AND NOT EXISTS (
    SELECT FROM ekasih.area AS d
    WHERE d.level = 'district' AND (a.level = 'country' OR a.code IN (d.code, d.state_code))
        AND NOT ekasih.in_territory(d.code))
ORDER BY array_position(ARRAY['country', 'state', 'district'], a.level), a.code
