-- A vector tile of the households that who asks may see, at most so many, with how many it holds and its box in degrees.
-- grain:   one row
-- params:  z, x, y, layer, row_limit
-- columns: tile, households, west, south, east, north
-- row:     HouseholdTileRow
WITH bounds AS MATERIALIZED (
    SELECT t.web, ST_Transform(t.web, 4326) AS box
    FROM (SELECT ST_TileEnvelope(CAST(:z AS integer), CAST(:x AS integer), CAST(:y AS integer)) AS web) AS t
), drawn AS MATERIALIZED (
    SELECT h.id, h.status, h.district_code AS daerah, h.mukim_code AS mukim,
        ST_AsMVTGeom(ST_Transform(h.geom, 3857), bounds.web, 4096, 0, true) AS geom
    FROM bounds
    JOIN ekasih.household AS h ON h.geom && bounds.box
    WHERE h.exited_on IS NULL
    LIMIT CAST(:row_limit AS integer)
), tile AS (
    SELECT ST_AsMVT(drawn, CAST(:layer AS text), 4096, 'geom', 'id') AS tile, count(*) AS households
    FROM drawn
    WHERE drawn.geom IS NOT NULL
)
SELECT coalesce(tile.tile, '') AS tile, tile.households,
    ST_XMin(bounds.box) AS west, ST_YMin(bounds.box) AS south, ST_XMax(bounds.box) AS east, ST_YMax(bounds.box) AS north
FROM tile CROSS JOIN bounds
