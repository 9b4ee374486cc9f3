-- What became of the areas of a former set that are not what they were in the active one: of each that another area was
-- cut from, or that is there no more, which share of its land lies in which area of today. Slivers are left out.
-- grain:   one row per area of then and area of today
-- params:  former_set, level, within
-- columns: then_code, now_code, share
-- row:     RemadeRow
WITH former AS (
    SELECT b.area_code AS code, b.geom FROM ekasih.area_boundary AS b WHERE b.set_id = CAST(:former_set AS integer)
), now AS (
    SELECT b.area_code AS code, b.geom
    FROM ekasih.area_boundary AS b
    JOIN ekasih.boundary_set AS s ON s.id = b.set_id AND s.active AND s.level = CAST(:level AS text)
    JOIN ekasih.area AS a ON a.code = b.area_code
    WHERE CAST(:within AS text) IN ('MY', a.parent_code, a.state_code)
), fresh AS (
    SELECT now.* FROM now WHERE NOT EXISTS (SELECT FROM former WHERE former.code = now.code)
), cut AS (
    SELECT former.code
    FROM former
    JOIN fresh ON ST_Intersects(former.geom, fresh.geom)
    WHERE ST_Area(ST_Intersection(former.geom, fresh.geom)) > 0.05 * ST_Area(fresh.geom)
    UNION
    SELECT former.code
    FROM former
    JOIN ekasih.area AS a ON a.code = former.code
    WHERE NOT EXISTS (SELECT FROM now WHERE now.code = former.code)
        AND CAST(:within AS text) IN ('MY', a.parent_code, a.state_code)
), shares AS (
    SELECT former.code AS then_code, now.code AS now_code,
        ST_Area(ST_Intersection(former.geom, now.geom)) / ST_Area(former.geom) AS share
    FROM former
    JOIN now ON ST_Intersects(former.geom, now.geom)
    WHERE former.code IN (SELECT cut.code FROM cut)
)
SELECT shares.then_code, shares.now_code, shares.share
FROM shares
WHERE shares.share > 0.05
ORDER BY shares.then_code, shares.now_code
