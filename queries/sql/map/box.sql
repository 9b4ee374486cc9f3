-- The corners of an area in the active boundaries of its level, in degrees.
-- grain:   one row, none without a boundary
-- params:  area
-- columns: west, south, east, north
SELECT
    ST_XMin(ST_Envelope(b.geom)) AS west, ST_YMin(ST_Envelope(b.geom)) AS south,
    ST_XMax(ST_Envelope(b.geom)) AS east, ST_YMax(ST_Envelope(b.geom)) AS north
FROM ekasih.area_boundary AS b
JOIN ekasih.boundary_set AS s ON s.id = b.set_id AND s.active
JOIN ekasih.area AS a ON a.code = b.area_code AND a.level = s.level
WHERE b.area_code = CAST(:area AS text)
