-- The lines that pass, in the order of their rows: each with the claim that it makes. Where the need is met already on one
-- of its days, the constraint refuses the claim and the line is not there. A line that names an
-- application which was granted takes over its claim.
WITH fulfilled AS (
    UPDATE ekasih.aid_claim AS c SET line_id = j.line_id
    FROM (SELECT DISTINCT ON (l.application_no) l.* FROM judged_line AS l
          WHERE l.application_no <> '' ORDER BY l.application_no, l.row_no) AS j
    WHERE c.application_no = j.application_no AND c.line_id IS NULL AND c.ended_at IS NULL
        AND (c.agency_id, c.household_id, c.kind_id, c.person_key) = (:agency, j.household_id, j.kind_id, j.person_key)
    RETURNING c.line_id
), claimed AS (
    INSERT INTO ekasih.aid_claim (household_id, person_key, need_code, agency_id, kind_id, exclusive, period, line_id)
    SELECT j.household_id, j.person_key, j.need_code, :agency, j.kind_id, j.exclusive, j.period, j.line_id
    FROM judged_line AS j
    WHERE NOT EXISTS (SELECT FROM fulfilled AS f WHERE f.line_id = j.line_id)
    ORDER BY j.row_no
    ON CONFLICT DO NOTHING
    RETURNING line_id
)
INSERT INTO ekasih.aid_line (id, agency_id, reference, kind_id, need_code, household_id, person_id, day, period, amount_rm,
    quantity, origin, application_no, outside_target, delivery_id, row_no, content_key, warnings, recorded_by)
OVERRIDING SYSTEM VALUE
SELECT j.line_id, :agency, j.reference, j.kind_id, j.need_code, j.household_id, j.person_id, j.day, j.period, j.amount_rm,
    j.quantity, 'delivery', j.application_no, j.outside_target, :delivery, j.row_no, j.content_key, j.warnings, :actor
FROM (SELECT line_id FROM claimed UNION ALL SELECT line_id FROM fulfilled) AS c JOIN judged_line AS j ON j.line_id = c.line_id
