-- The towns and villages of the gazetteer nearest to a point, within some 25 km.
-- grain:   one row per place, the nearest three
-- params:  longitude, latitude
-- columns: name, away_m
-- row:     NearRow
SELECT near.name, near.away_m
FROM (
    SELECT initcap(g.name) AS name, min(round(ST_Distance(g.geom::geography, here.point::geography)))::integer AS away_m
    FROM (SELECT ST_SetSRID(ST_MakePoint(CAST(:longitude AS float8), CAST(:latitude AS float8)), 4326) AS point) AS here
    JOIN ekasih.geocode_place AS g ON g.kind IN ('village', 'town') AND g.geom && ST_Expand(here.point, 0.23)
    GROUP BY initcap(g.name)
) AS near
ORDER BY near.away_m, near.name
LIMIT 3
