-- Poor and hardcore poor of each state at the end of a month, by ethnicity of the head, and the persons in them by age: from
-- the decisions in force on its last day, as the month was closed, and who the households are today.
-- grain:   one row per state and cut with anybody
-- params:  last_day
-- columns: area_code, cut, tegar, miskin
WITH last AS (
    SELECT DISTINCT ON (d.household_id) d.household_id, d.state_code, d.status
    FROM ekasih.status_decision AS d
    WHERE d.effective_on <= CAST(:last_day AS date)
    ORDER BY d.household_id, d.effective_on DESC, d.id DESC
), poor AS (
    SELECT l.state_code, l.status, h.ethnicity, count(*) AS households, sum(h.age_0_14) AS age_0_14,
        sum(h.age_15_64) AS age_15_64, sum(h.age_65_over) AS age_65_over, sum(h.age_unknown) AS age_unknown
    FROM last AS l
    JOIN ekasih.household AS h ON h.id = l.household_id
    WHERE l.status IN ('tegar', 'miskin') AND NOT EXISTS (
        SELECT FROM ekasih.household_exit AS e
        WHERE e.household_id = l.household_id AND ekasih.time_out(e.exited_on, e.undone_on) @> CAST(:last_day AS date))
    GROUP BY l.state_code, l.status, h.ethnicity
)
SELECT p.state_code AS area_code, cut.name AS cut,
    coalesce(sum(cut.counted) FILTER (WHERE p.status = 'tegar'), 0)::bigint AS tegar,
    coalesce(sum(cut.counted) FILTER (WHERE p.status = 'miskin'), 0)::bigint AS miskin
FROM poor AS p
CROSS JOIN LATERAL (VALUES
    ('ethnicity:' || p.ethnicity, p.households), ('age:age_0_14', p.age_0_14), ('age:age_15_64', p.age_15_64),
    ('age:age_65_over', p.age_65_over), ('age:age_unknown', p.age_unknown)) AS cut (name, counted)
GROUP BY p.state_code, cut.name
