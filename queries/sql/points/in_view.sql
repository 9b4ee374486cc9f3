-- Households in a part of the map that belong to an area: one by one where they are few, else clustered on a grid.
-- grain:   one row per place where they are few (at most row_limit), else one per grid cell, the fullest mark_limit
-- params:  west, south, east, north, mukim, district, parliament, dun, catchment, strata, statuses, due_on, unplaced, cell, row_limit, mark_limit
-- columns: lon, lat, n, tegar, miskin, mudah_miskin, terkeluar, id?, status?, accuracy_m?, together, total
-- row:     MarkRow
WITH seen AS MATERIALIZED (
    SELECT h.id, h.status, h.geom_accuracy_m, ST_X(h.geom) AS x, ST_Y(h.geom) AS y
    FROM ekasih.household AS h
    WHERE h.geom && ST_MakeEnvelope(CAST(:west AS float8), CAST(:south AS float8), CAST(:east AS float8),
                                    CAST(:north AS float8), 4326)
        AND h.exited_on IS NULL
        AND (CAST(:mukim AS text) IS NULL
             OR h.mukim_code = CAST(:mukim AS text)
             OR (h.mukim_code IS NULL AND h.district_code || '00' = CAST(:mukim AS text)))
        AND (CAST(:district AS text) IS NULL OR h.district_code = CAST(:district AS text))
        AND (CAST(:parliament AS text) IS NULL OR h.parliament_code = CAST(:parliament AS text))
        AND (CAST(:dun AS text) IS NULL OR h.dun_code = CAST(:dun AS text))
        AND (CAST(:catchment AS text) IS NULL OR CAST(:catchment AS text) = ANY (h.catchment_codes))
        AND (CAST(:strata AS text) IS NULL OR h.strata = CAST(:strata AS text))
        AND (CAST(:statuses AS text[]) IS NULL OR h.status = ANY (CAST(:statuses AS text[])))
        AND (CAST(:due_on AS date) IS NULL OR h.next_review_on <= CAST(:due_on AS date))
        AND (NOT CAST(:unplaced AS boolean) OR h.geom_method NOT IN ('given', 'swapped', 'manual'))
), size AS MATERIALIZED (
    SELECT count(*) AS total, count(*) <= CAST(:row_limit AS integer) AS few FROM seen
), placed AS (
    -- the size as scalars, so that no plan counts once for each row; a cell by its numbers, which sort faster than points
    SELECT seen.id, seen.status, seen.geom_accuracy_m, seen.x, seen.y, (SELECT size.total FROM size) AS total,
        CASE WHEN (SELECT size.few FROM size) THEN seen.x ELSE round(seen.x / CAST(:cell AS float8)) END AS place_x,
        CASE WHEN (SELECT size.few FROM size) THEN seen.y ELSE round(seen.y / CAST(:cell AS float8)) END AS place_y
    FROM seen
)
SELECT
    avg(p.x) AS lon, avg(p.y) AS lat, count(*) AS n,
    count(*) FILTER (WHERE p.status = 'tegar') AS tegar, count(*) FILTER (WHERE p.status = 'miskin') AS miskin,
    count(*) FILTER (WHERE p.status = 'mudah_miskin') AS mudah_miskin,
    count(*) FILTER (WHERE p.status = 'terkeluar') AS terkeluar,
    CASE WHEN count(*) = 1 THEN min(p.id) END AS id, CASE WHEN count(*) = 1 THEN min(p.status) END AS status,
    max(p.geom_accuracy_m) AS accuracy_m,
    max(p.x) - min(p.x) + max(p.y) - min(p.y) < 0.000001 AS together, min(p.total) AS total
FROM placed AS p
GROUP BY p.place_x, p.place_y
ORDER BY n DESC, lon, lat
LIMIT CAST(:mark_limit AS integer)
