-- Who would stand where by the areas inside an area if something were so; exact, for who sees the persons there.
-- grain:   one row per area, status before and status after
-- params:  scenario, within
-- columns: area_code, area_name?, previous, status, households, persons, gap_before_rm, gap_after_rm, raised_rm, paid_rm
-- row:     OutcomeRow
SELECT s.area_code, a.name AS area_name, s.previous, s.status, s.households, s.persons, s.gap_before_rm, s.gap_after_rm,
    s.raised_rm, s.paid_rm
FROM ekasih.simulate(CAST(:scenario AS jsonb), CAST(:within AS text)) AS s
LEFT JOIN ekasih.area AS a ON a.code = s.area_code
ORDER BY s.area_code, s.previous, s.status
