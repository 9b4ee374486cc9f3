-- A vector tile of the areas of a level with what is told of each, which comes from the caller as JSON.
-- grain:   one row
-- params:  z, x, y, level, told, layer
-- columns: tile
-- row:     TileRow
WITH bounds AS MATERIALIZED (
    SELECT t.web, ST_Transform(t.web, 4326) AS box
    FROM (SELECT ST_TileEnvelope(CAST(:z AS integer), CAST(:x AS integer), CAST(:y AS integer)) AS web) AS t
), told AS MATERIALIZED (
    SELECT f.* FROM jsonb_to_recordset(CAST(:told AS jsonb)) AS f (
        kod text, nama text, dalam text, bulan text, tegar bigint, miskin bigint, jumlah_miskin bigint, kadar float8,
        jurang_rm float8, isi_rumah_banci bigint, tahun_banci integer, sebab text, sebab_kadar text, sebab_jurang text)
), drawn AS (
    SELECT told.*,
        -- a corner closer than a quarter of a dot of the screen shows in no tile
        ST_AsMVTGeom(ST_Transform(ST_Simplify(b.geom, 0.35 / power(2, CAST(:z AS integer)), true), 3857), bounds.web) AS geom
    FROM bounds
    JOIN ekasih.area_boundary AS b ON b.geom && bounds.box
    JOIN ekasih.boundary_set AS s ON s.id = b.set_id AND s.active AND s.level = CAST(:level AS text)
    JOIN told ON told.kod = b.area_code
)
SELECT coalesce(ST_AsMVT(drawn, CAST(:layer AS text), 4096, 'geom'), '') AS tile
FROM drawn
WHERE drawn.geom IS NOT NULL
