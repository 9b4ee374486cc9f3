-- A household that had exited and was visited again stays exited; somebody has to look at it.
INSERT INTO quality_flag (household_id, district_code, code, detail)
SELECT h.id, h.district_code, 'seen_after_exit', jsonb_build_object('census_date', a.census_date)
FROM accepted AS a
JOIN household AS h ON h.id = a.id AND h.exited_on IS NOT NULL
WHERE a.known AND NOT a.unchanged
