-- How many households have a fault of each kind, for the areas of a level inside an area; areas without any count zero.
-- grain:   one row per area
-- params:  level, within
-- columns: area_code, area_name, households, unplaced, stale, far, stacked, age, income, identity, location
WITH counted AS MATERIALIZED (
    SELECT f.area_code, f.kind, f.households FROM ekasih.fault_counts(CAST(:level AS text), CAST(:within AS text)) AS f
), registered AS (
    SELECT c.area_code, sum(c.households)::bigint AS households FROM ekasih.headcount AS c GROUP BY c.area_code
)
SELECT area.code AS area_code, area.name AS area_name, coalesce(max(r.households), 0) AS households,
    coalesce(sum(f.households) FILTER (WHERE f.kind = 'unplaced'), 0)::bigint AS unplaced,
    coalesce(sum(f.households) FILTER (WHERE f.kind = 'stale'), 0)::bigint AS stale,
    coalesce(sum(f.households) FILTER (WHERE f.kind = 'far'), 0)::bigint AS far,
    coalesce(sum(f.households) FILTER (WHERE f.kind = 'stacked'), 0)::bigint AS stacked,
    coalesce(sum(f.households) FILTER (WHERE f.kind = 'age'), 0)::bigint AS age,
    coalesce(sum(f.households) FILTER (WHERE f.kind = 'income'), 0)::bigint AS income,
    coalesce(sum(f.households) FILTER (WHERE f.kind = 'identity'), 0)::bigint AS identity,
    coalesce(sum(f.households) FILTER (WHERE f.kind = 'location'), 0)::bigint AS location
FROM ekasih.area AS area
LEFT JOIN counted AS f ON f.area_code = area.code
LEFT JOIN registered AS r ON r.area_code = area.code
WHERE area.level = CAST(:level AS text) AND CAST(:within AS text) IN ('MY', area.parent_code, area.state_code, CASE area.level WHEN 'catchment' THEN area.code END)
GROUP BY area.code, area.name
ORDER BY area.code
