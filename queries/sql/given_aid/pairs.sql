-- Double aid that was found in a month, the newest first; an agency is told the reference of its own line alone, and of a
-- protected place not who the other is.
-- grain:   one row per pair; total counts all of the month
-- params:  found_month, row_limit, row_offset
-- columns: pair_id, found_on, file_no, household_id?, district_name?, need_ms, need_en, standing_ms?, standing_en?, standing_reference?, other_ms?, other_en?, other_reference?, row_id?, application_no?, application_state?, merged, fate?, finding?, settled_at?, total
-- row:     PairRow
SELECT p.id AS pair_id, p.found_on, p.file_no, h.id AS household_id, CASE WHEN told.standing AND told.other THEN district.name END AS district_name, n.name_ms AS need_ms,
    n.name_en AS need_en, CASE WHEN told.standing THEN s.name_ms END AS standing_ms,
    CASE WHEN told.standing THEN s.name_en END AS standing_en,
    CASE WHEN coalesce(ekasih.acting_agency() = p.standing_agency_id, true) THEN p.standing_reference END AS standing_reference,
    CASE WHEN told.other THEN o.name_ms END AS other_ms, CASE WHEN told.other THEN o.name_en END AS other_en,
    CASE WHEN coalesce(ekasih.acting_agency() = p.other_agency_id, true) THEN p.other_reference END AS other_reference,
    r.id AS row_id,
    CASE WHEN coalesce(ekasih.acting_agency() = p.other_agency_id, true) THEN p.application_no END AS application_no,
    a.state AS application_state, p.row_id IS NULL AND p.application_no IS NULL AS merged, r.fate, p.finding, p.settled_at, count(*) OVER () AS total
FROM ekasih.aid_pair AS p
JOIN ekasih.aid_need AS n ON n.code = p.need_code
JOIN ekasih.agency AS s ON s.id = p.standing_agency_id
JOIN ekasih.agency AS o ON o.id = p.other_agency_id
LEFT JOIN ekasih.aid_row AS r ON r.id = p.row_id
LEFT JOIN ekasih.aid_application AS a ON a.number = p.application_no
LEFT JOIN ekasih.household AS h ON h.id = p.household_id
LEFT JOIN ekasih.area AS district ON district.code = p.district_code
CROSS JOIN LATERAL (
    SELECT ekasih.acting_agency() = p.standing_agency_id OR NOT ekasih.place_hidden(p.household_id) AS standing,
        ekasih.acting_agency() = p.other_agency_id OR NOT ekasih.place_hidden(p.household_id) AS other
) AS told
WHERE p.found_on >= CAST(:found_month AS date) AND p.found_on < CAST(CAST(:found_month AS date) + interval '1 month' AS date)
ORDER BY p.found_on DESC, p.id DESC
LIMIT :row_limit OFFSET :row_offset
