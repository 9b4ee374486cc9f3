-- The areas of the active boundary sets that each point lies in; on a shared edge the lower code.
CREATE TEMP TABLE computed ON COMMIT DROP AS
WITH piece AS (
    SELECT p.geom, p.area_code, s.level
    FROM boundary_set AS s
    JOIN area_piece AS p ON p.set_id = s.id
    WHERE s.active AND s.level IN ('district', 'mukim', 'parliament', 'dun', 'catchment')
    OFFSET 0
), areas AS (
    SELECT point.row_no,
        min(area_code) FILTER (WHERE level = 'district') AS district_code,
        min(area_code) FILTER (WHERE level = 'mukim') AS mukim_code,
        min(area_code) FILTER (WHERE level = 'parliament') AS parliament_code,
        min(area_code) FILTER (WHERE level = 'dun') AS dun_code,
        array_agg(DISTINCT area_code ORDER BY area_code) FILTER (WHERE level = 'catchment') AS catchment_codes
    FROM piece
    CROSS JOIN LATERAL (SELECT row_no FROM placed WHERE ST_Intersects(piece.geom, placed.geom) OFFSET 0) AS point
    GROUP BY point.row_no
)
SELECT
    placed.row_no, areas.district_code, areas.mukim_code, areas.parliament_code, areas.dun_code,
    coalesce(areas.catchment_codes, '{}') AS catchment_codes,
    CASE WHEN placed.method IN ('given', 'swapped') AND areas.district_code IS DISTINCT FROM placed.district_code
        THEN metres_outside(placed.geom, placed.district_code) END AS outside_district_m
FROM placed
LEFT JOIN areas ON areas.row_no = placed.row_no
