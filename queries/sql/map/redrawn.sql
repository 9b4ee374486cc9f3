-- The days on which other boundaries of a level came into use, in place of those before them.
-- grain:   one row per day
-- params:  level, since, until
-- columns: on_day, source
-- row:     RedrawnRow
WITH used AS (
    SELECT CAST(a.activated_at AT TIME ZONE 'Asia/Kuala_Lumpur' AS date) AS on_day, s.source,
        row_number() OVER (ORDER BY a.activated_at, a.id) AS turn
    FROM ekasih.boundary_activation AS a
    JOIN ekasih.boundary_set AS s ON s.id = a.set_id
    WHERE a.level = CAST(:level AS text) AND a.activated_at IS NOT NULL
)
SELECT DISTINCT ON (used.on_day) used.on_day, used.source
FROM used
WHERE used.turn > 1 AND used.on_day BETWEEN CAST(:since AS date) AND CAST(:until AS date)
ORDER BY used.on_day, used.turn DESC
