-- The closed months: where the register stood at the end of each, counted from the decisions in force on its last day.

-- The days on which one exit kept a household out of the counts: from the exit to the day before it was undone.
CREATE OR REPLACE FUNCTION time_out(exited_on date, undone_on date) RETURNS daterange
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT daterange(exited_on, CASE WHEN undone_on < exited_on THEN exited_on ELSE undone_on END)
$$;

-- The figures of the months asked for (their first days), of all households or of one. The decisions are passed over
-- once, however many months are asked for: each counts from the month in which it was taken until that of the next one,
-- and is measured by its own income, size, line and rule. Who had exited by the end of a month is not counted in it; who
-- came back later was still out. A catchment has the households that were in it on the last day of a month.
CREATE OR REPLACE FUNCTION month_counts(months date[], asked_household bigint DEFAULT NULL)
RETURNS TABLE (
    area_code text, month date, strata text, status text, households bigint, persons bigint, income_rm numeric,
    gap_rm numeric, food_gap_rm numeric, gap_share numeric, gap_share_squared numeric
)
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp SET work_mem = '128MB' SET jit = off
AS $$
BEGIN
    -- put together at run time, so that one household is found by its key and a million are read in one pass
    RETURN QUERY EXECUTE format($query$
    WITH decided AS (
        SELECT d.household_id, d.state_code, d.district_code, d.mukim_code, d.strata, d.status, d.income_rm,
            d.member_count, d.line_id, d.rule_id,
            date_trunc('month', d.effective_on)::date AS from_month,
            date_trunc('month', lead(d.effective_on) OVER (PARTITION BY d.household_id ORDER BY d.effective_on, d.id))::date
                AS until_month
        FROM status_decision AS d
        WHERE d.effective_on < (SELECT max(m) + interval '1 month' FROM unnest($1) AS m) AND %1$s
    ), absent AS (
        SELECT e.household_id, array_agg(time_out(e.exited_on, e.undone_on)) AS times
        FROM household_exit AS e
        GROUP BY e.household_id
    ), grouped AS (
        SELECT d.state_code, d.district_code, d.mukim_code, d.strata, d.status, d.from_month, d.until_month, a.times,
            count(*) AS households, sum(d.member_count) AS persons, sum(d.income_rm) AS income_rm, sum(g.gap_rm) AS gap_rm,
            sum(g.food_gap_rm) AS food_gap_rm, sum(g.gap_share) AS gap_share,
            sum(g.gap_share * g.gap_share) AS gap_share_squared
        FROM decided AS d
        JOIN poverty_line AS l ON l.id = d.line_id
        JOIN classification_rule AS r ON r.id = d.rule_id
        CROSS JOIN LATERAL gaps_of(d.income_rm, d.member_count, l.pgk_household_rm, l.food_household_rm,
                                   l.pgk_per_capita_rm, l.food_per_capita_rm, r.rule) AS g
        LEFT JOIN absent AS a ON a.household_id = d.household_id
        WHERE d.until_month IS NULL
            OR (d.from_month < d.until_month AND d.until_month > (SELECT min(m) FROM unnest($1) AS m))
        GROUP BY d.state_code, d.district_code, d.mukim_code, d.strata, d.status, d.from_month, d.until_month, a.times
    ), in_catchments AS (
        -- a pass of its own over the few that are in one: the other sums by what decisions have in common
        SELECT d.*
        FROM (SELECT d.household_id, d.strata, d.status, d.income_rm, d.member_count, d.line_id, d.rule_id,
                  date_trunc('month', d.effective_on)::date AS from_month,
                  date_trunc('month', lead(d.effective_on) OVER (PARTITION BY d.household_id ORDER BY d.effective_on, d.id))::date
                      AS until_month
              FROM status_decision AS d
              WHERE d.effective_on < (SELECT max(m) + interval '1 month' FROM unnest($1) AS m) AND %1$s
                  AND d.household_id IN (SELECT c.household_id FROM household_catchment AS c)) AS d
        WHERE d.until_month IS NULL OR d.from_month < d.until_month
    )
    SELECT area.area_code, asked.month, g.strata, g.status, sum(g.households)::bigint, sum(g.persons)::bigint,
        sum(g.income_rm), sum(g.gap_rm), sum(g.food_gap_rm), sum(g.gap_share), sum(g.gap_share_squared)
    FROM grouped AS g
    JOIN unnest($1) AS asked (month)
        ON asked.month >= g.from_month AND (g.until_month IS NULL OR asked.month < g.until_month)
    CROSS JOIN LATERAL unnest(ARRAY[g.state_code, g.district_code, coalesce(g.mukim_code, g.district_code || '00')])
        AS area (area_code)
    WHERE NOT EXISTS (SELECT FROM unnest(g.times) AS t (days)
                      WHERE t.days @> (asked.month + interval '1 month - 1 day')::date)
    GROUP BY area.area_code, asked.month, g.strata, g.status
    UNION ALL
    SELECT c.code, asked.month, d.strata, d.status, count(*), sum(d.member_count)::bigint, sum(d.income_rm), sum(g.gap_rm),
        sum(g.food_gap_rm), sum(g.gap_share), sum(g.gap_share * g.gap_share)
    FROM in_catchments AS d
    JOIN poverty_line AS l ON l.id = d.line_id
    JOIN classification_rule AS r ON r.id = d.rule_id
    CROSS JOIN LATERAL gaps_of(d.income_rm, d.member_count, l.pgk_household_rm, l.food_household_rm,
                               l.pgk_per_capita_rm, l.food_per_capita_rm, r.rule) AS g
    JOIN unnest($1) AS asked (month)
        ON asked.month >= d.from_month AND (d.until_month IS NULL OR asked.month < d.until_month)
    JOIN household_catchment AS c
        ON c.household_id = d.household_id AND c.from_day <= (asked.month + interval '1 month - 1 day')::date
            AND (c.until_day IS NULL OR c.until_day > (asked.month + interval '1 month - 1 day')::date)
    LEFT JOIN absent AS a ON a.household_id = d.household_id
    WHERE NOT EXISTS (SELECT FROM unnest(a.times) AS t (days)
                      WHERE t.days @> (asked.month + interval '1 month - 1 day')::date)
    GROUP BY c.code, asked.month, d.strata, d.status
    $query$, CASE WHEN asked_household IS NULL THEN 'true' ELSE 'd.household_id = $2' END)
    USING months, asked_household;
END
$$;

-- Closes every month that has ended and is not in the monthly summary yet; it does not matter how late it runs. A month
-- from that of up_to on is closed anew, because what was decided on that day counts in it. Returns the months closed.
CREATE OR REPLACE FUNCTION close_months(up_to date) RETURNS integer
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    open_from date := greatest(date_trunc('month', up_to), (SELECT max(month) + interval '1 month' FROM headcount_month));
    closing date[];
BEGIN
    DELETE FROM headcount_month WHERE month >= date_trunc('month', up_to);
    closing := ARRAY(
        SELECT generate_series(date_trunc('month', min(effective_on)), open_from - interval '1 month', interval '1 month')::date
        FROM status_decision
        EXCEPT SELECT month FROM headcount_month);
    INSERT INTO headcount_month (area_code, month, strata, status, households, persons, income_rm, gap_rm, food_gap_rm,
        gap_share, gap_share_squared)
    SELECT c.area_code, c.month, c.strata, c.status, c.households, c.persons, c.income_rm, c.gap_rm, c.food_gap_rm,
        c.gap_share, c.gap_share_squared
    FROM month_counts(closing) AS c;
    PERFORM keep_measures(closing);
    RETURN cardinality(closing);
END
$$;

-- Counts every closed month anew and puts right what differs; returns the months. All counting comes before the first
-- row is written, so that nobody waits for it. Run it in REPEATABLE READ and again where it fails: a merge that takes a
-- record out of the months meanwhile then stops it, instead of being overwritten.
CREATE OR REPLACE FUNCTION recount_months() RETURNS integer
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    months date[] := ARRAY(SELECT DISTINCT month FROM headcount_month);
BEGIN
    CREATE TEMP TABLE months_counted ON COMMIT DROP AS SELECT * FROM month_counts(months);
    ANALYZE months_counted;
    DELETE FROM headcount_month AS m
    WHERE NOT EXISTS (SELECT FROM months_counted AS c
                      WHERE (c.area_code, c.month, c.strata, c.status) = (m.area_code, m.month, m.strata, m.status));
    INSERT INTO headcount_month AS m (area_code, month, strata, status, households, persons, income_rm, gap_rm,
        food_gap_rm, gap_share, gap_share_squared)
    SELECT c.area_code, c.month, c.strata, c.status, c.households, c.persons, c.income_rm, c.gap_rm, c.food_gap_rm,
        c.gap_share, c.gap_share_squared
    FROM months_counted AS c
    ON CONFLICT (area_code, month, strata, status) DO UPDATE SET
        households = excluded.households, persons = excluded.persons, income_rm = excluded.income_rm,
        gap_rm = excluded.gap_rm, food_gap_rm = excluded.food_gap_rm, gap_share = excluded.gap_share,
        gap_share_squared = excluded.gap_share_squared
    WHERE (m.households, m.persons, m.income_rm, m.gap_rm, m.food_gap_rm, m.gap_share, m.gap_share_squared)
        IS DISTINCT FROM (excluded.households, excluded.persons, excluded.income_rm, excluded.gap_rm,
            excluded.food_gap_rm, excluded.gap_share, excluded.gap_share_squared);
    RETURN cardinality(months);
END
$$;

-- Gives a catchment that was drawn today for the first time its past: it has the households that it has now from the
-- beginning, and the months that are closed. One that was there before and is drawn anew keeps the past that it had.
CREATE OR REPLACE FUNCTION begin_catchments() RETURNS void
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    fresh text[] := ARRAY(
        SELECT c.code FROM household_catchment AS c GROUP BY c.code HAVING min(c.from_day) >= current_date);
BEGIN
    IF cardinality(fresh) = 0 THEN
        RETURN;
    END IF;
    UPDATE household_catchment AS c SET from_day = '0001-01-01' WHERE c.code = ANY (fresh) AND c.until_day IS NULL;
    INSERT INTO headcount_month (area_code, month, strata, status, households, persons, income_rm, gap_rm, food_gap_rm,
        gap_share, gap_share_squared)
    SELECT c.area_code, c.month, c.strata, c.status, c.households, c.persons, c.income_rm, c.gap_rm, c.food_gap_rm,
        c.gap_share, c.gap_share_squared
    FROM month_counts(ARRAY(SELECT DISTINCT m.month FROM headcount_month AS m)) AS c
    WHERE c.area_code = ANY (fresh);
END
$$;

-- Takes a household's decisions out of the closed months (sign -1) or puts them back (1): a record that was there twice
-- was never two households, so the months agree with a recount.
CREATE OR REPLACE FUNCTION shift_months(asked_household bigint, sign integer) RETURNS void
LANGUAGE sql VOLATILE SET search_path = ekasih, public, pg_temp
AS $$
    INSERT INTO headcount_month AS m (area_code, month, strata, status, households, persons, income_rm, gap_rm,
        food_gap_rm, gap_share, gap_share_squared)
    SELECT c.area_code, c.month, c.strata, c.status, sign * c.households, sign * c.persons, sign * c.income_rm,
        sign * c.gap_rm, sign * c.food_gap_rm, sign * c.gap_share, sign * c.gap_share_squared
    FROM month_counts(
        ARRAY(SELECT generate_series(min(known.month), max(known.month), interval '1 month')::date
              FROM headcount_month AS known), asked_household) AS c
    ORDER BY 1, 2, 3, 4
    ON CONFLICT (area_code, month, strata, status) DO UPDATE SET
        households = m.households + excluded.households, persons = m.persons + excluded.persons,
        income_rm = m.income_rm + excluded.income_rm, gap_rm = m.gap_rm + excluded.gap_rm,
        food_gap_rm = m.food_gap_rm + excluded.food_gap_rm, gap_share = m.gap_share + excluded.gap_share,
        gap_share_squared = m.gap_share_squared + excluded.gap_share_squared;
    SELECT shift_measures(asked_household, sign);
$$;

REVOKE ALL ON FUNCTION month_counts(date[], bigint), close_months(date), recount_months(), shift_months(bigint, integer),
    begin_catchments() FROM PUBLIC;
