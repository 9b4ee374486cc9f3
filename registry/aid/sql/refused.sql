-- The lines whose need was met already on one of their days: why, and each claim of another agency that they ran into.
SELECT j.row_no, h.file_no, h.district_code,
    CASE WHEN n.once THEN 'perumahan_pernah_diterima'
         WHEN bool_or(c.agency_id = :agency AND c.kind_id = j.kind_id) THEN 'bayaran_berulang'
         WHEN bool_or(c.agency_id <> :agency) THEN 'pertindihan_antara_agensi'
         ELSE 'pertindihan_dalam_agensi' END AS code,
    coalesce(array_agg(c.id ORDER BY c.id) FILTER (WHERE c.agency_id <> :agency), '{}') AS others
FROM judged_line AS j
JOIN ekasih.household AS h ON h.id = j.household_id
JOIN ekasih.aid_need AS n ON n.code = j.need_code
JOIN ekasih.aid_claim AS c ON c.household_id = j.household_id AND c.need_code = j.need_code
    AND c.person_key = j.person_key AND c.period && j.period
    AND c.exclusive AND c.override_id IS NULL AND c.ended_at IS NULL
LEFT JOIN judged_line AS also ON also.line_id = c.line_id
WHERE NOT EXISTS (SELECT FROM ekasih.aid_claim AS own WHERE own.line_id = j.line_id)
    -- what came later in this delivery did not stand before
    AND (also.row_no IS NULL OR also.row_no < j.row_no)
GROUP BY j.row_no, j.kind_id, h.file_no, h.district_code, n.once
