-- The catchments of offices, with the shape that is in force now.
-- grain:   one row per catchment
-- params:
-- columns: code, name, shape?
-- row:     CatchmentRow
SELECT a.code, a.name, ST_AsGeoJSON(CASE WHEN ST_NumGeometries(b.geom) = 1 THEN ST_GeometryN(b.geom, 1) ELSE b.geom END, 6) AS shape
FROM ekasih.area AS a
LEFT JOIN ekasih.boundary_set AS s ON s.level = 'catchment' AND s.active
LEFT JOIN ekasih.area_boundary AS b ON b.set_id = s.id AND b.area_code = a.code
WHERE a.level = 'catchment'
ORDER BY a.code
