-- The set of boundaries of a level that was in force on a day: the last that had come into use by then, else the first ever.
-- grain:   one row, none where no set was ever used
-- params:  level, on_day
-- columns: set_id, source, dated, approximate, active
-- row:     SetOnRow
SELECT s.id AS set_id, s.source, s.dated, s.approximate, s.active
FROM ekasih.boundary_activation AS a
JOIN ekasih.boundary_set AS s ON s.id = a.set_id
WHERE a.level = CAST(:level AS text) AND a.activated_at IS NOT NULL
ORDER BY CAST(a.activated_at AT TIME ZONE 'Asia/Kuala_Lumpur' AS date) <= CAST(:on_day AS date) DESC,
    CASE WHEN CAST(a.activated_at AT TIME ZONE 'Asia/Kuala_Lumpur' AS date) <= CAST(:on_day AS date)
        THEN -extract(epoch FROM a.activated_at) ELSE extract(epoch FROM a.activated_at) END, a.id DESC
LIMIT 1
