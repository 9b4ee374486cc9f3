-- The areas of a set inside an area as GeoJSON, as plain as a screen needs them.
-- grain:   one row per area
-- params:  former_set, within, plain
-- columns: area_code, area_name, shape
-- row:     ShapeRow
SELECT b.area_code, a.name AS area_name,
    CAST(ST_AsGeoJSON(ST_SimplifyPreserveTopology(b.geom, CAST(:plain AS double precision)), 4) AS jsonb) AS shape
FROM ekasih.area_boundary AS b
JOIN ekasih.area AS a ON a.code = b.area_code
WHERE b.set_id = CAST(:former_set AS integer) AND CAST(:within AS text) IN ('MY', a.parent_code, a.state_code)
ORDER BY b.area_code
