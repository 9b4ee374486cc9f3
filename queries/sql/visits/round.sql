-- The visits that wait for the acting user, the most overdue first, each with the best place that is known of it.
-- grain:   one row per case; total counts the whole list
-- params:  row_limit
-- columns: case_id, number, head_name, address?, village?, mukim_name?, district_code, district_name, phone?, due_on, overdue, latitude?, longitude?, accuracy_m?, method?, total
-- row:     RoundRow
WITH mine AS MATERIALIZED (
    SELECT c.id, c.number, c.head_name, c.draft -> 'lokasi' AS place, c.district_code, c.mukim_code, c.household_id,
        coalesce(c.due_on, CAST(c.created_at AS date) + 30) AS due_on, count(*) OVER () AS total
    FROM ekasih.case_file AS c
    WHERE c.assigned_to = ekasih.acting_user() AND c.state = 'assigned'
    ORDER BY due_on, c.id
    LIMIT :row_limit
)
SELECT mine.id AS case_id, mine.number, mine.head_name, coalesce(nullif(mine.place ->> 'address', ''), h.address) AS address,
    coalesce(nullif(mine.place ->> 'village', ''), h.village) AS village, mukim.name AS mukim_name, mine.district_code,
    district.name AS district_name, coalesce(nullif(mine.place ->> 'phone', ''), h.phone) AS phone, mine.due_on,
    mine.due_on < current_date AS overdue, ST_Y(best.geom) AS latitude, ST_X(best.geom) AS longitude, best.accuracy_m,
    best.method, mine.total
FROM mine
JOIN ekasih.area AS district ON district.code = mine.district_code
LEFT JOIN ekasih.area AS mukim ON mukim.code = mine.mukim_code
LEFT JOIN ekasih.household AS h ON h.id = mine.household_id
LEFT JOIN LATERAL (
    SELECT place.geom, place.accuracy_m, place.method
    FROM (
        SELECT 1 AS turn, ST_SetSRID(ST_MakePoint(
                ekasih.read_number(mine.place ->> 'longitude'), ekasih.read_number(mine.place ->> 'latitude')), 4326) AS geom,
            10 AS accuracy_m, 'given' AS method
        WHERE ekasih.read_number(mine.place ->> 'latitude') BETWEEN 0.8 AND 7.5
            AND ekasih.read_number(mine.place ->> 'longitude') BETWEEN 99.5 AND 119.4
        UNION ALL
        SELECT 2, h.geom, h.geom_accuracy_m, h.geom_method WHERE h.geom IS NOT NULL
        UNION ALL
        SELECT 3, found.geom, found.accuracy_m, found.method
        FROM ekasih.place_of_address(left(mine.district_code, 2), mine.district_code, mine.mukim_code,
            mine.place ->> 'village', mine.place ->> 'town', mine.place ->> 'postcode') AS found
    ) AS place
    ORDER BY place.turn
    LIMIT 1
) AS best ON true
ORDER BY mine.due_on, mine.id
