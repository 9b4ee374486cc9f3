-- The areas of a level whose active boundary meets a box, in degrees.
-- grain:   one row per area
-- params:  level, west, south, east, north
-- columns: code
-- row:     AreaInBoxRow
SELECT DISTINCT p.area_code AS code
FROM ekasih.area_piece AS p
JOIN ekasih.boundary_set AS s ON s.id = p.set_id AND s.active AND s.level = CAST(:level AS text)
WHERE ST_Intersects(p.geom, ST_MakeEnvelope(CAST(:west AS float8), CAST(:south AS float8), CAST(:east AS float8),
                                            CAST(:north AS float8), 4326))
ORDER BY code
