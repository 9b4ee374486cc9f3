-- The codes that were made for a household, the newest first.
-- grain:   one row per code
-- params:  household
-- columns: code_id, way, made_at, valid_until, standing
-- row:     CheckCodeRow
SELECT c.id AS code_id, c.way, c.made_at, c.valid_until,
    CASE WHEN c.withdrawn_at IS NOT NULL THEN 'ditarik' WHEN c.valid_until < current_date THEN 'tamat' ELSE 'sah' END AS standing
FROM ekasih.check_code AS c
WHERE c.household_id = :household
ORDER BY c.id DESC LIMIT 50
