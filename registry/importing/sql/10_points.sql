-- Where each accepted household is: its own coordinates where they lie in Malaysia, the way round they were meant, else
-- the best that its address leads to, with the method and the accuracy.
CREATE TEMP TABLE placed ON COMMIT DROP AS
WITH judged AS (
    SELECT h.*,
        h.latitude BETWEEN 0.8 AND 7.6 AND h.longitude BETWEEN 99.4 AND 119.4 AS is_right,
        h.longitude BETWEEN 0.8 AND 7.6 AND h.latitude BETWEEN 99.4 AND 119.4 AS is_swapped
    FROM read_household AS h
    JOIN fate AS f ON f.row_no = h.row_no
    WHERE f.rejected IS NULL AND f.held IS NULL
), wanting AS (
    SELECT DISTINCT state_code, district_code, mukim_code, village_key, town_key, postcode
    FROM judged
    WHERE NOT (coalesce(is_right, false) OR coalesce(is_swapped, false))
), found AS (
    SELECT w.*, place.geom, place.method, place.accuracy_m
    FROM wanting AS w
    CROSS JOIN LATERAL (
        SELECT * FROM (
            SELECT g.geom, g.kind AS method, g.accuracy_m,
                CASE g.kind WHEN 'village' THEN 1 WHEN 'town' THEN 2 ELSE 3 END AS turn,
                (g.district_code = w.district_code) IS TRUE AS in_district
            FROM geocode_place AS g
            WHERE g.state_code = w.state_code AND (
                (g.kind = 'village' AND g.name = w.village_key
                    AND (g.district_code = w.district_code OR g.district_code IS NULL))
                OR (g.kind = 'town' AND g.name = w.town_key)
                OR (g.kind = 'postcode' AND g.name = w.postcode))
            UNION ALL
            SELECT b.inside, s.level, greatest(b.radius_m, s.accuracy_m), CASE s.level WHEN 'mukim' THEN 4 ELSE 5 END, true
            FROM area_boundary AS b
            JOIN boundary_set AS s ON s.id = b.set_id AND s.active
            WHERE (s.level = 'mukim' AND b.area_code = w.mukim_code)
                OR (s.level = 'district' AND b.area_code = w.district_code)
        ) AS candidate
        ORDER BY turn, in_district DESC, accuracy_m
        LIMIT 1
    ) AS place
)
SELECT
    j.row_no, j.district_code,
    CASE WHEN j.is_right THEN 'given' WHEN j.is_swapped THEN 'swapped' ELSE f.method END AS method,
    CASE WHEN j.is_right OR j.is_swapped THEN 30 ELSE f.accuracy_m END AS accuracy_m,
    CASE
        WHEN j.is_right THEN ST_SetSRID(ST_MakePoint(j.longitude, j.latitude), 4326)
        WHEN j.is_swapped THEN ST_SetSRID(ST_MakePoint(j.latitude, j.longitude), 4326)
        ELSE f.geom
    END AS geom,
    j.has_coordinates AND NOT coalesce(j.is_right, false) AND coalesce(j.is_swapped, false) AS is_swapped,
    j.has_coordinates AND NOT coalesce(j.is_right, false) AND NOT coalesce(j.is_swapped, false) AS is_outside
FROM judged AS j
LEFT JOIN found AS f
    ON NOT (coalesce(j.is_right, false) OR coalesce(j.is_swapped, false))
    AND (f.state_code, f.district_code) = (j.state_code, j.district_code)
    AND (f.mukim_code, f.village_key, f.town_key, f.postcode)
        IS NOT DISTINCT FROM (j.mukim_code, j.village_key, j.town_key, j.postcode)
