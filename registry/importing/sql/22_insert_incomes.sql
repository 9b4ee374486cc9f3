-- Incomes; a source without income has no row.
INSERT INTO income (person_id, source, amount_rm)
SELECT p.id, i.source, i.amount_rm
FROM placed_person AS p
CROSS JOIN LATERAL (VALUES
    ('employment', round(p.employment_rm, 2)), ('self_employment', round(p.self_employment_rm, 2)),
    ('property', round(p.property_rm, 2)), ('transfers', round(p.transfers_rm, 2))
) AS i (source, amount_rm)
WHERE i.amount_rm > 0
