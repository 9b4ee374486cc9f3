-- The corners of an area in degrees: in the active boundaries of its level, else of where its households stand.
-- grain:   one row, none without a boundary and without a household that may be seen
-- params:  area
-- columns: west, south, east, north
-- row:     BoxRow
WITH shape AS (
    SELECT ST_Extent(b.geom) AS box
    FROM ekasih.area_boundary AS b
    JOIN ekasih.boundary_set AS s ON s.id = b.set_id AND s.active
    JOIN ekasih.area AS a ON a.code = b.area_code AND a.level = s.level
    WHERE b.area_code = CAST(:area AS text)
), settled AS (
    -- some hundred metres around, so that one place has a neighbourhood
    SELECT ST_Expand(ST_Extent(h.geom), 0.005) AS box
    FROM ekasih.household AS h
    WHERE h.mukim_code = CAST(:area AS text) AND h.exited_on IS NULL
        AND NOT EXISTS (SELECT FROM shape WHERE shape.box IS NOT NULL)
)
SELECT ST_XMin(found.box) AS west, ST_YMin(found.box) AS south, ST_XMax(found.box) AS east, ST_YMax(found.box) AS north
FROM (SELECT coalesce((SELECT shape.box FROM shape), (SELECT settled.box FROM settled)) AS box) AS found
WHERE found.box IS NOT NULL
