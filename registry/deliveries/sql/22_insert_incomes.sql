-- Incomes; a source without income has no row.
INSERT INTO income (person_id, source, amount_rm)
SELECT p.id, i.source, i.amount_rm
FROM read_person AS p
JOIN accepted AS a ON a.row_no = p.household_row AND NOT a.unchanged
CROSS JOIN LATERAL (VALUES
    ('employment', p.employment_rm), ('self_employment', p.self_employment_rm), ('property', p.property_rm),
    ('transfers', p.transfers_rm)
) AS i (source, amount_rm)
WHERE i.amount_rm > 0
