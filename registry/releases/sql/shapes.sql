-- Boundaries of a level that may be published: of the set in force, else of the newest other one with an open licence.
-- grain:   one row per area
-- params:  level, open_licences
-- columns: code, geometry, source, licence, approximate
WITH chosen AS (
    SELECT s.* FROM ekasih.boundary_set AS s
    WHERE s.level = :level AND s.licence = ANY (CAST(:open_licences AS text[]))
    ORDER BY s.active DESC, s.id DESC LIMIT 1
)
SELECT b.area_code AS code, ST_AsBinary(b.geom) AS geometry, s.source, s.licence, s.approximate
FROM chosen AS s
JOIN ekasih.area_boundary AS b ON b.set_id = s.id
ORDER BY b.area_code
