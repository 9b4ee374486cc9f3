-- Areas whose name or another spelling of it holds a text, those that begin with it first, the larger ones before.
-- grain:   one row per area
-- params:  wanted, row_limit
-- columns: area_code, area_name, level, state_name?
-- row:     AreaRow
SELECT a.code AS area_code, a.name AS area_name, a.level, state.name AS state_name
FROM ekasih.area AS a
LEFT JOIN ekasih.area AS state ON state.code = a.state_code AND state.code <> a.code
WHERE a.level <> 'country' AND NOT (a.level = 'mukim' AND a.code LIKE '____00')
    AND position(upper(CAST(:wanted AS text)) IN upper(a.name)) > 0
ORDER BY starts_with(upper(a.name), upper(CAST(:wanted AS text))) DESC,
    array_position(ARRAY['state', 'district', 'mukim', 'parliament', 'dun', 'catchment'], a.level), a.name, a.code
LIMIT CAST(:row_limit AS integer)
