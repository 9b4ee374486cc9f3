-- States with their districts and the catchments of offices, for a list to choose from.
-- grain:   one row per state, district or catchment
-- columns: code, name, level, state_name
-- row:     AreaRow
SELECT area.code, area.name, area.level, state.name AS state_name
FROM ekasih.area AS area
JOIN ekasih.area AS state ON state.code = area.state_code AND state.level = 'state'
WHERE area.level IN ('state', 'district', 'catchment')
ORDER BY area.state_code, array_position(ARRAY['state', 'district', 'catchment'], area.level), area.name
