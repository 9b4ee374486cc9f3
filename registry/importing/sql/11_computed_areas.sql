-- The areas of the active boundary sets that each point lies in; on a shared edge the lower code.
CREATE TEMP TABLE computed ON COMMIT DROP AS
WITH point AS (
    SELECT DISTINCT geom FROM placed
), hit AS (
    SELECT point.geom, s.level, p.area_code
    FROM point
    JOIN area_piece AS p ON ST_Intersects(p.geom, point.geom)
    JOIN boundary_set AS s ON s.id = p.set_id AND s.active
), areas AS (
    SELECT geom,
        min(area_code) FILTER (WHERE level = 'district') AS district_code,
        min(area_code) FILTER (WHERE level = 'mukim') AS mukim_code,
        min(area_code) FILTER (WHERE level = 'parliament') AS parliament_code,
        min(area_code) FILTER (WHERE level = 'dun') AS dun_code,
        array_agg(DISTINCT area_code ORDER BY area_code) FILTER (WHERE level = 'catchment') AS catchment_codes
    FROM hit GROUP BY geom
)
SELECT
    placed.row_no, areas.district_code, areas.mukim_code, areas.parliament_code, areas.dun_code,
    coalesce(areas.catchment_codes, '{}') AS catchment_codes,
    CASE WHEN placed.method IN ('given', 'swapped') AND areas.district_code IS DISTINCT FROM placed.district_code
        THEN metres_outside(placed.geom, placed.district_code) END AS outside_district_m
FROM placed
LEFT JOIN areas ON areas.geom = placed.geom
