-- Double aid found: each held line with each standing line of another agency that it ran into, as both are known now.
INSERT INTO ekasih.aid_pair (household_id, file_no, district_code, need_code, standing_claim_id, standing_agency_id,
    standing_reference, row_id, other_agency_id, other_reference)
SELECT r.household_id, h.file_no, h.district_code, c.need_code, c.id, c.agency_id,
    coalesce(l.reference, c.application_no, ''), r.id, r.agency_id, r.reference
FROM unnest(CAST(:row_nos AS integer[]), CAST(:claim_ids AS bigint[])) AS found (row_no, claim_id)
JOIN ekasih.aid_row AS r ON r.delivery_id = :delivery AND r.row_no = found.row_no
JOIN ekasih.household AS h ON h.id = r.household_id
JOIN ekasih.aid_claim AS c ON c.id = found.claim_id
LEFT JOIN ekasih.aid_line AS l ON l.id = c.line_id
RETURNING file_no, need_code, standing_agency_id, standing_reference, other_agency_id, other_reference
