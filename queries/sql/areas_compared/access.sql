-- How far it is to the nearest town from the areas of a level inside an area, in metres: the median of the households where
-- it may be told, and from a point in the area.
-- grain:   one row per area
-- params:  level, within
-- columns: area_code, area_name, state_name, households_m?, households_town?, point_m?, point_town?
-- row:     AccessRow
SELECT a.code AS area_code, a.name AS area_name, s.name AS state_name, h.metres AS households_m, h.town AS households_town,
    p.metres AS point_m, p.town AS point_town
FROM ekasih.area AS a
JOIN ekasih.area AS s ON s.code = a.state_code
LEFT JOIN ekasih.area_access AS h ON h.area_code = a.code AND h.basis = 'households'
LEFT JOIN ekasih.area_access AS p ON p.area_code = a.code AND p.basis = 'point'
WHERE a.level = CAST(:level AS text) AND CAST(:within AS text) IN ('MY', a.state_code, a.parent_code)
ORDER BY a.code
