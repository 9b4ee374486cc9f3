-- How many households stand inside a drawn shape, by status.
-- grain:   one row
-- params:  shape, strata
-- columns: tegar, miskin, mudah_miskin, terkeluar, households, persons, gap_rm
-- row:     InsideRow
WITH drawn AS (
    SELECT ST_SetSRID(ST_GeomFromGeoJSON(CAST(:shape AS text)), 4326) AS geom
)
SELECT
    count(*) FILTER (WHERE h.status = 'tegar') AS tegar, count(*) FILTER (WHERE h.status = 'miskin') AS miskin,
    count(*) FILTER (WHERE h.status = 'mudah_miskin') AS mudah_miskin,
    count(*) FILTER (WHERE h.status = 'terkeluar') AS terkeluar, count(*) AS households,
    coalesce(sum(h.member_count), 0) AS persons, coalesce(sum(h.gap_rm), 0) AS gap_rm
FROM drawn
JOIN ekasih.household AS h ON ST_Intersects(h.geom, drawn.geom)
WHERE h.exited_on IS NULL AND (CAST(:strata AS text) IS NULL OR h.strata = CAST(:strata AS text))
