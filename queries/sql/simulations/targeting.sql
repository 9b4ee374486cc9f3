-- Whom conditions would reach on a day, by the areas inside an area; exact, for who sees the persons there.
-- grain:   one row per area
-- params:  conditions, on_day, within
-- columns: area_code, met_tegar, met_miskin, met_others, unmet_tegar, unmet_miskin, persons
-- row:     TargetingRow
SELECT t.area_code, t.met_tegar, t.met_miskin, t.met_others, t.unmet_tegar, t.unmet_miskin, t.persons
FROM ekasih.simulate_targeting(CAST(:conditions AS jsonb), CAST(:on_day AS date), CAST(:within AS text)) AS t
ORDER BY t.area_code
