-- The households that would become poor ('in') or would not be poor any more ('out'), after one, in the order of their
-- numbers, as far as who asks may see them.
-- grain:   one row per household
-- params:  scenario, within, way, after_household, row_limit
-- columns: household_id, file_no, head_name, district_code, place_name?, member_count, previous, status, income_rm, income_after_rm
-- row:     MoveRow
SELECT m.household_id, h.file_no, h.head_name, h.district_code, a.name AS place_name, h.member_count, m.previous, m.status,
    m.income_rm, m.income_after_rm
FROM ekasih.simulate_moves(CAST(:scenario AS jsonb), CAST(:within AS text), CAST(:way AS text), CAST(:after_household AS bigint),
                           CAST(:row_limit AS integer)) AS m
JOIN ekasih.household AS h ON h.id = m.household_id
LEFT JOIN ekasih.area AS a ON a.code = coalesce(h.mukim_code, h.district_code)
ORDER BY m.household_id
