-- Registered households by status at the end of a day, for areas taken together or one by one, to who sees their persons.
-- grain:   one row per area
-- params:  on_day, areas, strata
-- columns: area_code, tegar, miskin, mudah_miskin, terkeluar, households, persons, gap_rm
-- row:     OnDayRow
SELECT
    c.area_code,
    coalesce(sum(c.households) FILTER (WHERE c.status = 'tegar'), 0)::bigint AS tegar,
    coalesce(sum(c.households) FILTER (WHERE c.status = 'miskin'), 0)::bigint AS miskin,
    coalesce(sum(c.households) FILTER (WHERE c.status = 'mudah_miskin'), 0)::bigint AS mudah_miskin,
    coalesce(sum(c.households) FILTER (WHERE c.status = 'terkeluar'), 0)::bigint AS terkeluar,
    sum(c.households)::bigint AS households,
    sum(c.persons)::bigint AS persons,
    sum(c.gap_rm) AS gap_rm
FROM ekasih.counts_on(CAST(:on_day AS date), CAST(:areas AS text[])) AS c
WHERE CAST(:strata AS text) IS NULL OR c.strata = CAST(:strata AS text)
GROUP BY c.area_code
ORDER BY c.area_code
