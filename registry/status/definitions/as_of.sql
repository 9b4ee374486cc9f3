-- Where the register stood at the end of any day: the closed month before it, and what was decided, left or came back since.

-- Households of areas (states, districts, mukim) by strata and status on a day, to who sees the persons of an area. Only the
-- households that something happened to since the closed month are looked at, by indexes: what they were counted as then
-- is taken off, and what they are counted as on the day is added. So it equals a recount from all decisions.
CREATE OR REPLACE FUNCTION counts_on(asked_day date, asked_areas text[])
RETURNS TABLE (area_code text, strata text, status text, households bigint, persons bigint, gap_rm numeric)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp SET jit = off
AS $$
DECLARE
    seen text[] := ARRAY(
        SELECT a.code FROM unnest(asked_areas) AS a (code)
        WHERE sees_persons() AND (nationwide() OR left(a.code, 4) = ANY (acting_districts())));
    closed date := (SELECT max(m.month) FROM headcount_month AS m
                    WHERE m.month < date_trunc('month', asked_day + 1));
    since date := coalesce((closed + interval '1 month')::date, '0001-01-02');
BEGIN
    IF cardinality(seen) = 0 THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH touched AS (
        SELECT d.household_id FROM status_decision AS d WHERE d.effective_on BETWEEN since AND asked_day
        UNION
        SELECT e.household_id FROM household_exit AS e WHERE e.exited_on BETWEEN since AND asked_day
        UNION
        SELECT e.household_id FROM household_exit AS e WHERE e.undone_on BETWEEN since AND asked_day
    ), moved AS (
        SELECT looked.sign, d.*
        FROM touched AS t
        CROSS JOIN (VALUES (asked_day, 1), (since - 1, -1)) AS looked (day, sign)
        CROSS JOIN LATERAL (
            SELECT s.state_code, s.district_code, s.mukim_code, s.strata, s.status, s.member_count, s.gap_rm
            FROM status_decision AS s
            WHERE s.household_id = t.household_id AND s.effective_on <= looked.day
            ORDER BY s.effective_on DESC, s.id DESC LIMIT 1
        ) AS d
        WHERE NOT EXISTS (SELECT FROM household_exit AS e
                          WHERE e.household_id = t.household_id AND time_out(e.exited_on, e.undone_on) @> looked.day)
    ), together AS (
        SELECT m.area_code, m.strata, m.status, m.households, m.persons, m.gap_rm
        FROM headcount_month AS m
        WHERE m.month = closed AND m.area_code = ANY (seen)
        UNION ALL
        SELECT a.code, m.strata, m.status, m.sign, m.sign * m.member_count, m.sign * m.gap_rm
        FROM moved AS m
        CROSS JOIN LATERAL unnest(ARRAY[m.state_code, m.district_code, coalesce(m.mukim_code, m.district_code || '00')])
            AS a (code)
        WHERE a.code = ANY (seen)
    )
    SELECT c.area_code, c.strata, c.status, sum(c.households)::bigint, sum(c.persons)::bigint, sum(c.gap_rm)
    FROM together AS c
    GROUP BY c.area_code, c.strata, c.status
    HAVING sum(c.households) <> 0;
END
$$;

REVOKE ALL ON FUNCTION counts_on(date, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION counts_on(date, text[]) TO app_web;
