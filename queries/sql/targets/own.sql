-- Target groups of the own agency whose list was asked for, after one by its number.
-- grain:   one row per group
-- params:  after_id, row_limit
-- columns: group_id, name, purpose, state, on_date, fields, households?, frozen_at?, expires_on?
-- row:     OwnTargetRow
SELECT g.id AS group_id, g.name, g.purpose,
    CASE WHEN g.state = 'beku' AND g.expires_on < current_date THEN 'luput' ELSE g.state END AS state, g.on_date, g.fields,
    g.households, g.frozen_at, g.expires_on
FROM ekasih.target_group AS g
WHERE g.agency_id = (SELECT ekasih.acting_agency()) AND g.state <> 'draf' AND g.id > CAST(:after_id AS bigint)
ORDER BY g.id
LIMIT CAST(:row_limit AS integer)
