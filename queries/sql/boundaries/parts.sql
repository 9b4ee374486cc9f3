-- The areas of a state that a catchment may be put together of: districts, mukim and seats that have a boundary.
-- grain:   one row per area
-- params:  code
-- columns: area_code, area_name, level
-- row:     CatchmentPartRow
SELECT a.code AS area_code, a.name AS area_name, a.level
FROM ekasih.area AS a
JOIN ekasih.boundary_set AS s ON s.level = a.level AND s.active
JOIN ekasih.area_boundary AS b ON b.set_id = s.id AND b.area_code = a.code
WHERE a.state_code = CAST(:code AS text) AND a.level IN ('district', 'mukim', 'parliament', 'dun')
ORDER BY array_position(ARRAY['mukim', 'dun', 'parliament', 'district'], a.level), a.name, a.code
