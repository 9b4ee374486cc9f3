-- Households that share one place on the map and belong to an area, farthest below the line first.
-- grain:   one row per household, at most row_limit; total counts all at the place
-- params:  longitude, latitude, mukim, district, parliament, dun, catchment, strata, statuses, due_on, unplaced, row_limit
-- columns: id, head_name?, file_no, status, member_count, total
-- row:     HouseholdAtPlaceRow
SELECT h.id, h.head_name, h.file_no, h.status, h.member_count, count(*) OVER () AS total
FROM ekasih.household AS h
WHERE h.geom && ST_Expand(
        ST_SetSRID(ST_MakePoint(CAST(:longitude AS float8), CAST(:latitude AS float8)), 4326), 0.000002)
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
ORDER BY h.gap_share DESC, h.head_name, h.id
LIMIT CAST(:row_limit AS integer)
