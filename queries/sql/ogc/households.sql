-- Households on the register that who asks may see, by number after one: where each stands, its status and its areas.
-- grain:   one row per household
-- params:  after, household, west, south, east, north, statuses, district, mukim, row_limit
-- columns: id, status, district_code, mukim_code?, strata, accuracy_m?, lon?, lat?
-- row:     OpenHouseholdRow
SELECT h.id, h.status, h.district_code, h.mukim_code, h.strata, h.geom_accuracy_m AS accuracy_m,
    ST_X(h.geom) AS lon, ST_Y(h.geom) AS lat
FROM ekasih.household AS h
WHERE h.id > CAST(:after AS bigint) AND h.exited_on IS NULL
    AND (CAST(:household AS bigint) IS NULL OR h.id = CAST(:household AS bigint))
    AND (CAST(:west AS float8) IS NULL
         OR h.geom && ST_MakeEnvelope(CAST(:west AS float8), CAST(:south AS float8), CAST(:east AS float8),
                                      CAST(:north AS float8), 4326))
    AND (CAST(:statuses AS text[]) IS NULL OR h.status = ANY (CAST(:statuses AS text[])))
    AND (CAST(:district AS text) IS NULL OR h.district_code = CAST(:district AS text))
    AND (CAST(:mukim AS text) IS NULL OR h.mukim_code = CAST(:mukim AS text))
ORDER BY h.id
LIMIT CAST(:row_limit AS integer)
