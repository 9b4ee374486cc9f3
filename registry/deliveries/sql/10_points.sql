-- Where each accepted household is: its own coordinates where they lie in Malaysia, the way round they were meant, else
-- the best that its address leads to, with the method and the accuracy.
CREATE TEMP TABLE placed ON COMMIT DROP AS
WITH bounds (south, north, west, east) AS (
    VALUES (1.1, 6.9, 99.4, 104.8), (0.8, 7.6, 109.3, 119.4)
), judged AS (
    SELECT h.row_no, h.state_code, h.district_code, h.mukim_code, h.village_key, h.town_key, h.postcode,
        h.latitude, h.longitude, h.has_coordinates,
        EXISTS (SELECT FROM bounds WHERE h.latitude BETWEEN south AND north AND h.longitude BETWEEN west AND east)
            AS is_right,
        EXISTS (SELECT FROM bounds WHERE h.longitude BETWEEN south AND north AND h.latitude BETWEEN west AND east)
            AS is_swapped,
        concat_ws('|', h.state_code, h.district_code, coalesce(h.mukim_code, ''), coalesce(h.village_key, ''),
                  coalesce(h.town_key, ''), h.postcode) AS address
    FROM read_household AS h
    JOIN fate AS f ON f.row_no = h.row_no
    WHERE f.rejected IS NULL AND f.held IS NULL
), wanting AS (
    SELECT DISTINCT ON (address) address, state_code, district_code, mukim_code, village_key, town_key, postcode
    FROM judged
    WHERE NOT is_right AND NOT is_swapped
), found AS (
    SELECT w.address, place.geom, place.method, place.accuracy_m
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
            -- a set that lacks the district must not stop a delivery: the state is then the best that is known
            SELECT b.inside, CASE s.level WHEN 'mukim' THEN 'mukim' ELSE 'district' END, greatest(b.radius_m, s.accuracy_m),
                CASE s.level WHEN 'mukim' THEN 4 WHEN 'district' THEN 5 ELSE 6 END, true
            FROM boundary_set AS s
            JOIN area_boundary AS b ON b.set_id = s.id AND b.area_code = CASE s.level
                WHEN 'mukim' THEN w.mukim_code WHEN 'district' THEN w.district_code ELSE w.state_code END
            WHERE s.active AND s.level IN ('mukim', 'district', 'state')
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
    NOT j.is_right AND j.is_swapped AS is_swapped,
    j.has_coordinates AND NOT j.is_right AND NOT j.is_swapped AS is_outside
FROM judged AS j
LEFT JOIN found AS f ON f.address = j.address AND NOT j.is_right AND NOT j.is_swapped
