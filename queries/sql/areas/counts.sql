-- Registered households by status for the areas of a level, from the summary; an area without any counts zero.
-- grain:   one row per area
-- params:  level, within (code of the area they lie in, or NULL)
-- columns: area_code, area_name, tegar, miskin, mudah_miskin, terkeluar, households, persons, gap_rm
SELECT
    area.code AS area_code,
    area.name AS area_name,
    coalesce(sum(h.households) FILTER (WHERE h.status = 'tegar'), 0)::bigint AS tegar,
    coalesce(sum(h.households) FILTER (WHERE h.status = 'miskin'), 0)::bigint AS miskin,
    coalesce(sum(h.households) FILTER (WHERE h.status = 'mudah_miskin'), 0)::bigint AS mudah_miskin,
    coalesce(sum(h.households) FILTER (WHERE h.status = 'terkeluar'), 0)::bigint AS terkeluar,
    coalesce(sum(h.households), 0)::bigint AS households,
    coalesce(sum(h.persons), 0)::bigint AS persons,
    coalesce(sum(h.gap_rm), 0) AS gap_rm
FROM ekasih.area
LEFT JOIN ekasih.headcount AS h ON h.area_code = area.code
WHERE area.level = :level
    AND (CAST(:within AS text) IS NULL
         OR CAST(:within AS text) IN ('MY', area.code, area.parent_code, area.state_code))
GROUP BY area.code, area.name
ORDER BY area.code
