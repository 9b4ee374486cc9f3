-- Households by district: all, with a place of their own, overdue for review, with an open flag.
-- grain:   one row per district with anybody
-- params:
-- columns: area_code, households, located, review_overdue, quality_open
WITH counted AS (
    SELECT c.area_code, sum(c.households)::bigint AS households,
        sum(c.households - c.without_point)::bigint AS located
    FROM ekasih.headcount AS c
    JOIN ekasih.area AS a ON a.code = c.area_code AND a.level = 'district'
    GROUP BY c.area_code
), overdue AS (
    SELECT h.district_code, count(*) AS households
    FROM ekasih.household AS h
    WHERE h.next_review_on < current_date AND h.exited_on IS NULL
    GROUP BY h.district_code
), flagged AS (
    SELECT f.district_code, count(DISTINCT f.household_id) AS households
    FROM ekasih.quality_flag AS f
    JOIN ekasih.household AS h ON h.id = f.household_id AND (h.exited_on IS NULL OR f.code = 'seen_after_exit')
    WHERE f.resolved_at IS NULL
    GROUP BY f.district_code
)
SELECT counted.area_code, counted.households, counted.located,
    coalesce(overdue.households, 0) AS review_overdue, coalesce(flagged.households, 0) AS quality_open
FROM counted
LEFT JOIN overdue ON overdue.district_code = counted.area_code
LEFT JOIN flagged ON flagged.district_code = counted.area_code
