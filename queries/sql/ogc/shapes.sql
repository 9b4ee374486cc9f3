-- The active boundaries of some areas of a level, as GeoJSON and as WKB, with corners no closer than a tolerance in degrees.
-- grain:   one row per area that has a boundary
-- params:  level, codes, tolerance
-- columns: code, shape, wkb
-- row:     AreaShapeRow
SELECT b.area_code AS code, ST_AsGeoJSON(g.geom, 5) AS shape, ST_AsBinary(g.geom) AS wkb
FROM ekasih.area_boundary AS b
JOIN ekasih.boundary_set AS s ON s.id = b.set_id AND s.active AND s.level = CAST(:level AS text)
CROSS JOIN LATERAL (
    SELECT CASE WHEN CAST(:tolerance AS float8) > 0
        THEN coalesce(ST_SimplifyPreserveTopology(b.geom, CAST(:tolerance AS float8)), b.geom) ELSE b.geom END AS geom
) AS g
WHERE b.area_code = ANY (CAST(:codes AS text[]))
ORDER BY b.area_code
