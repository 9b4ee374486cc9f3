-- What would be: other lines, another rule, more income, a benefit for children. Nothing is written. Who would stand where is
-- worked out by the arithmetic of classification.sql in whole sen, from what is kept of households and, of those that
-- changed since, from their records (decision 76). Exact figures are for those who see the persons there.

CREATE OR REPLACE FUNCTION changed_line(rm numeric, per_cent numeric, more_rm numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT greatest(0, round(rm * (1 + coalesce(per_cent, 0) / 100), 2) + coalesce(more_rm, 0)) $$;

-- The lines and the rule as a simulation supposes them; those in force today where it says nothing.
CREATE OR REPLACE FUNCTION lines_simulated(asked jsonb)
RETURNS TABLE (
    state_code text, strata text, cell smallint, pgk_household_rm numeric, food_household_rm numeric,
    pgk_per_capita_rm numeric, food_per_capita_rm numeric, rule text, vulnerable_below_rm numeric
)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT l.state_code, l.strata, standing_cell(l.state_code, l.strata),
        changed_line(l.pgk_household_rm, c.pgk_pct, c.pgk_household),
        changed_line(l.food_household_rm, c.food_pct, c.food_household),
        changed_line(l.pgk_per_capita_rm, c.pgk_pct, c.pgk_per_capita),
        changed_line(l.food_per_capita_rm, c.food_pct, c.food_per_capita),
        coalesce(asked ->> 'rule', l.rule), l.vulnerable_below_rm
    FROM lines_in_force(current_date) AS l
    CROSS JOIN LATERAL (
        SELECT sum(c.pgk_pct) AS pgk_pct, sum(c.food_pct) AS food_pct, sum(c.pgk_household) AS pgk_household,
            sum(c.food_household) AS food_household, sum(c.pgk_per_capita) AS pgk_per_capita,
            sum(c.food_per_capita) AS food_per_capita
        FROM jsonb_to_recordset(coalesce(asked -> 'lines', '[]')) AS c (
            state text, strata text, pgk_pct numeric, food_pct numeric, pgk_household numeric, food_household numeric,
            pgk_per_capita numeric, food_per_capita numeric)
        WHERE c.state IN ('MY', l.state_code) AND c.strata IN ('all', l.strata)
    ) AS c
$$;

-- The piece that says what a source of income brings more: so much for each who has it, and a share of the household's sum
-- from it, to the nearest sen.
CREATE OR REPLACE FUNCTION raised_sql(asked jsonb) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT coalesce(string_agg(
        format('b.%I * %s::bigint + %s * ((b.%I * %s::bigint + 5000) / 10000)', i.source || '_earners',
               (coalesce(i.rm, 0) * 100)::bigint, CASE WHEN i.pct < 0 THEN -1 ELSE 1 END, i.source || '_sen',
               abs(coalesce(i.pct, 0) * 100)::bigint), ' + '), '0::bigint')
    FROM jsonb_to_recordset(coalesce(asked -> 'income', '[]')) AS i (source text, rm numeric, pct numeric)
    WHERE i.source IN ('employment', 'self_employment', 'property', 'transfers')
$$;

-- The piece that says what is paid to a household: so much for each child under an age on a day, as born_by() has it.
CREATE OR REPLACE FUNCTION paid_sql(asked jsonb, day date) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT coalesce((
        SELECT format('coalesce(width_bucket(%L::date, b.births) - width_bucket(%L::date, b.births), 0) * %s::bigint%s', day,
                      born_by(day, least(p.under, 18)), (p.rm * 100)::bigint,
                      CASE WHEN p.poor THEN ' * (b.status <= 2)::integer' ELSE '' END)
        FROM jsonb_to_record(asked -> 'benefit') AS p (rm numeric, under integer, poor boolean)
        WHERE p.rm > 0 AND p.under > 0), '0::bigint')
$$;

-- The districts of an area within the reach of who is acting: NULL for the whole country.
CREATE OR REPLACE FUNCTION simulated_districts(within text) RETURNS text[]
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT CASE WHEN within = 'MY' AND nationwide() THEN NULL
                ELSE ARRAY(SELECT a.code FROM area AS a WHERE a.level = 'district' AND in_territory(a.code)
                           AND within IN ('MY', a.state_code, a.code)) END
$$;

-- The piece that reads where the households of an area stand: what is kept, and the records of those that changed since.
-- Refuses, SQLSTATE EK277, where too many have changed of a register that is too large to be read from records meanwhile.
CREATE OR REPLACE FUNCTION standing_sql(within text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    districts text[] := simulated_districts(within);
    whole integer[] := ARRAY(SELECT DISTINCT s.block FROM target_stale AS s WHERE s.household_id IS NULL);
    changed bigint[] := ARRAY(SELECT DISTINCT s.household_id FROM target_stale AS s
                              WHERE s.household_id IS NOT NULL AND s.block <> ALL (whole));
    inside text;
BEGIN
    inside := CASE
        WHEN within = ANY (acting_catchments())
            THEN format('b.household_id IN (SELECT h.id FROM household AS h WHERE h.catchment_codes @> ARRAY[%L])', within)
        WHEN districts IS NULL THEN 'true'
        ELSE format('b.district_code = ANY (%L::text[])', districts) END;
    IF cardinality(whole) > 8 OR cardinality(changed) > 10000 THEN
        IF (SELECT count(*) FROM (SELECT FROM household LIMIT 100001) AS h) > 100000 THEN
            RAISE EXCEPTION 'simulation_making' USING ERRCODE = 'EK277';
        END IF;
        RETURN format('SELECT b.* FROM household_standing AS b WHERE %s', inside);
    END IF;
    changed := changed || ARRAY(SELECT h.id FROM unnest(whole) AS w (block)
                                JOIN household AS h ON h.id >= w.block * 8192::bigint AND h.id < (w.block + 1) * 8192::bigint);
    IF cardinality(changed) = 0 THEN
        RETURN format('SELECT b.* FROM target_standing AS b WHERE %s', inside);
    END IF;
    RETURN format('SELECT b.* FROM target_standing AS b WHERE %1$s AND b.household_id <> ALL (%2$L::bigint[])
        AND b.household_id >> 13 <> ALL (%3$L::integer[])
        UNION ALL SELECT b.* FROM household_standing AS b WHERE %1$s AND b.household_id = ANY (%2$L::bigint[])',
        inside, changed, whole);
END
$$;

-- The statement that tells of each household of an area how it stands and how it would stand: statuses from 1 to 4, money
-- in sen. The line of a household is that of line_of(): a rule that has no line of the household compares with none, for
-- which a sum stands that is below every income: an element of an array with gaps is found by going through those before it.
CREATE OR REPLACE FUNCTION simulation_sql(asked jsonb, within text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    none CONSTANT bigint := -1000000000000000;
    food text;
    pgk text;
    vulnerable text;
BEGIN
    SELECT format('greatest((%L::bigint[])[s.cell] * s.members, (%L::bigint[])[s.cell])',
                  array_agg(coalesce(x.food_each, none)), array_agg(coalesce(x.food_all, none))),
        format('greatest((%L::bigint[])[s.cell] * s.members, (%L::bigint[])[s.cell])',
               array_agg(coalesce(x.pgk_each, none)), array_agg(coalesce(x.pgk_all, none))),
        format('(%L::bigint[])[s.cell]', array_agg(coalesce(x.vulnerable, none)))
    INTO food, pgk, vulnerable
    FROM (SELECT (l.food_per_capita_rm * 100)::bigint AS food_each, (l.pgk_per_capita_rm * 100)::bigint AS pgk_each,
              CASE l.rule WHEN 'household_or_per_capita' THEN (l.food_household_rm * 100)::bigint ELSE 0 END AS food_all,
              CASE l.rule WHEN 'household_or_per_capita' THEN (l.pgk_household_rm * 100)::bigint ELSE 0 END AS pgk_all,
              (l.vulnerable_below_rm * 100)::bigint AS vulnerable
          FROM generate_series(1, 99) AS n (cell) LEFT JOIN lines_simulated(asked) AS l ON l.cell = n.cell
          ORDER BY n.cell) AS x;
    RETURN format('
        SELECT s.household_id, s.place, s.members, s.status AS previous, s.gap_sen, s.raised_sen, s.paid_sen, s.income_sen,
            CASE WHEN s.income_sen + s.raised_sen + s.paid_sen < %2$s THEN 1
                 WHEN s.income_sen + s.raised_sen + s.paid_sen < %3$s THEN 2
                 WHEN s.income_sen + s.raised_sen + s.paid_sen < %4$s THEN 3 ELSE 4 END AS status,
            s.income_sen + s.raised_sen + s.paid_sen < %2$s AS below_food,
            s.income_sen + s.raised_sen + s.paid_sen < %3$s AS below_pgk,
            s.income_sen + s.raised_sen + s.paid_sen < %4$s AS below_vulnerable,
            greatest(0, %3$s - s.income_sen - s.raised_sen - s.paid_sen) AS gap_after_sen
        FROM (SELECT b.household_id, b.place, b.cell, b.members, b.status, b.gap_sen, b.income_sen, %5$s AS raised_sen,
                  %6$s AS paid_sen
              FROM (%1$s) AS b) AS s',
        standing_sql(within), food, pgk, vulnerable, raised_sql(asked), paid_sql(asked, current_date));
END
$$;

CREATE OR REPLACE FUNCTION status_named(status integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT ('{tegar,miskin,mudah_miskin,terkeluar}'::text[])[status] $$;

-- Whether who is acting sees the persons of an area, or of a part of it.
CREATE OR REPLACE FUNCTION may_simulate(within text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT coalesce(sees_persons() AND (within = ANY (acting_catchments())
                                        OR EXISTS (SELECT FROM area AS a WHERE a.level = 'district' AND in_territory(a.code)
                                                   AND within IN ('MY', a.state_code, a.code))), false)
$$;

-- Who would stand where by the areas inside an area: of the country its states, of a state its districts, of a district its
-- mukims, of a catchment itself. Only what lies within the own reach.
CREATE OR REPLACE FUNCTION simulate(asked jsonb, within text)
RETURNS TABLE (
    area_code text, previous text, status text, households bigint, persons bigint, gap_before_rm numeric,
    gap_after_rm numeric, raised_rm numeric, paid_rm numeric
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp SET jit = off SET work_mem = '64MB'
    SET parallel_setup_cost = 0 SET parallel_tuple_cost = 0
AS $$
BEGIN
    IF NOT may_simulate(within) THEN
        RETURN;
    END IF;
    -- by three answers of yes or no, of which the planner knows that there are few, so that each process sums its own part
    RETURN QUERY EXECUTE format('
        SELECT r.area_code::text, status_named(r.previous),
            status_named(CASE WHEN r.below_food THEN 1 WHEN r.below_pgk THEN 2 WHEN r.below_vulnerable THEN 3 ELSE 4 END),
            sum(r.households)::bigint, sum(r.persons)::bigint, sum(r.gap_sen) / 100, sum(r.gap_after_sen) / 100,
            sum(r.raised_sen) / 100, sum(r.paid_sen) / 100
        FROM (SELECT %s AS area_code, r.previous, r.below_food, r.below_pgk, r.below_vulnerable, count(*) AS households,
                  sum(r.members) AS persons, sum(r.gap_sen) AS gap_sen, sum(r.gap_after_sen) AS gap_after_sen,
                  sum(r.raised_sen) AS raised_sen, sum(r.paid_sen) AS paid_sen
              FROM (%s) AS r GROUP BY 1, 2, 3, 4, 5) AS r
        GROUP BY 1, 2, 3',
        CASE WHEN within = ANY (acting_catchments()) THEN format('%L', within)
             WHEN within = 'MY' THEN 'left(r.place, 2)' WHEN length(within) = 2 THEN 'left(r.place, 4)' ELSE 'r.place' END,
        simulation_sql(asked, within));
END
$$;

-- The households that would become poor ('in') or would not be poor any more ('out'), after one, in the order of their
-- numbers. Who reads their records sees those of them that policies show.
CREATE OR REPLACE FUNCTION simulate_moves(asked jsonb, within text, way text, after_id bigint, most integer)
RETURNS TABLE (household_id bigint, previous text, status text, income_rm numeric, income_after_rm numeric)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp SET jit = off
AS $$
BEGIN
    IF NOT may_simulate(within) THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format('
        SELECT r.household_id, status_named(r.previous), status_named(r.status), r.income_sen / 100.0,
            (r.income_sen + r.raised_sen + r.paid_sen) / 100.0
        FROM (%s) AS r WHERE %s AND r.household_id > $1 ORDER BY r.household_id LIMIT $2',
        simulation_sql(asked, within),
        CASE way WHEN 'in' THEN 'r.previous > 2 AND r.status <= 2' ELSE 'r.previous <= 2 AND r.status > 2' END)
        USING coalesce(after_id, 0), least(most, 200);
END
$$;

REVOKE ALL ON FUNCTION raised_sql(jsonb), paid_sql(jsonb, date), standing_sql(text), simulation_sql(jsonb, text),
    simulated_districts(text), may_simulate(text), simulate(jsonb, text),
    simulate_moves(jsonb, text, text, bigint, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simulate(jsonb, text), simulate_moves(jsonb, text, text, bigint, integer) TO app_web;

-- Groups hold nothing of a household: whoever is signed in reads them.
CREATE POLICY read_signed_in ON simulation_group FOR SELECT TO app_web USING ((SELECT signed_in()));
GRANT SELECT ON simulation_group TO app_web;

-- Scenarios: one's own, and those that somebody of the same role shares. They hold no figure.
CREATE POLICY read_own_or_shared ON simulation FOR SELECT TO app_web
USING (made_by = (SELECT acting_user()) OR shared AND role = current_setting('app.role', true));
CREATE POLICY add_own ON simulation FOR INSERT TO app_web
WITH CHECK (made_by = (SELECT acting_user()) AND role = current_setting('app.role', true));
CREATE POLICY change_own ON simulation FOR UPDATE TO app_web
USING (made_by = (SELECT acting_user())) WITH CHECK (made_by = (SELECT acting_user()));
CREATE POLICY drop_own ON simulation FOR DELETE TO app_web USING (made_by = (SELECT acting_user()));
-- what one has written down of one's own
CREATE POLICY read_own_simulations ON audit_log FOR SELECT TO app_web
USING (subject = 'simulation' AND actor_id = (SELECT acting_user()));
GRANT SELECT, DELETE ON simulation TO app_web;
GRANT INSERT (name, asked, area_code, shared, role, made_by) ON simulation TO app_web;
GRANT UPDATE (asked, area_code, shared, made_at) ON simulation TO app_web;

-- What one sees of them, with who made each.
CREATE OR REPLACE FUNCTION simulations_seen()
RETURNS TABLE (id bigint, name text, asked jsonb, area_code text, shared boolean, made_by bigint, made_by_name text,
               made_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT s.id, s.name, s.asked, s.area_code, s.shared, s.made_by, u.display_name, s.made_at
    FROM simulation AS s JOIN app_user AS u ON u.id = s.made_by
    WHERE s.made_by = acting_user() OR s.shared AND s.role = current_setting('app.role', true)
$$;
REVOKE ALL ON FUNCTION simulations_seen() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simulations_seen() TO app_web;

-- What groups are made from: of each state, strata and status the households by income a head in steps of RM10, with what
-- they have together. Only where the poor of the strata, and of the state, are told for the month; not where fewer than
-- five of them were decided, came or went since the groups that stand.
CREATE OR REPLACE FUNCTION simulation_steps(of_month date)
RETURNS TABLE (state_code text, strata text, status integer, step bigint, households bigint, members bigint,
               sources_sen bigint[], earners bigint[], children bigint[])
LANGUAGE plpgsql VOLATILE SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    RETURN QUERY
    WITH told AS (
        SELECT l.state_code, l.strata, standing_cell(l.state_code, l.strata) AS cell
        FROM lines_in_force(current_date) AS l
        WHERE (SELECT bool_and(c.tegar IS NOT NULL AND c.miskin IS NOT NULL) AND count(*) = 2 FROM published_count AS c
               WHERE c.area_code = l.state_code AND c.month = of_month AND c.cut IN ('all', l.strata))
    ), due AS (
        SELECT t.* FROM told AS t
        WHERE NOT EXISTS (SELECT FROM simulation_group AS g WHERE g.state_code = t.state_code AND g.strata = t.strata)
            OR 5 <= (
                SELECT (SELECT count(DISTINCT d.household_id) FROM status_decision AS d
                        WHERE d.state_code = t.state_code AND d.strata = t.strata AND d.decided_at > made.at)
                    + (SELECT count(*) FROM household AS h
                       WHERE h.state_code = t.state_code AND h.strata = t.strata AND h.exited_on >= made.at::date)
                FROM (SELECT max(g.made_at) AS at FROM simulation_group AS g
                      WHERE g.state_code = t.state_code AND g.strata = t.strata) AS made)
    ), standing AS MATERIALIZED (
        SELECT b.*, b.income_sen / b.members / 1000 AS step FROM target_standing AS b
        WHERE b.cell IN (SELECT d.cell FROM due AS d)
    ), young AS (
        -- each child by the least age that it is under: of the days by which somebody of 18, 17 … 1 was born, as many are before it
        SELECT o.cell, o.status, o.step, count(*) AS children,
            19 - width_bucket(b.born - 1, (SELECT array_agg(born_by(current_date, y.years) ORDER BY y.years DESC)
                                           FROM generate_series(1, 18) AS y (years))) AS age
        FROM standing AS o CROSS JOIN LATERAL unnest(o.births) AS b (born)
        WHERE b.born > born_by(current_date, 18) AND b.born <= current_date
        GROUP BY 1, 2, 3, 5
    ), under AS (
        SELECT u.cell, u.status, u.step, array_agg(u.children ORDER BY u.age) AS children
        FROM (SELECT y.cell, y.status, y.step, a.age,
                  coalesce(sum(y.children) FILTER (WHERE y.age <= a.age), 0)::bigint AS children
              FROM young AS y CROSS JOIN generate_series(1, 18) AS a (age)
              GROUP BY y.cell, y.status, y.step, a.age) AS u
        GROUP BY u.cell, u.status, u.step
    ), sums AS (
        SELECT s.cell, s.status, s.step, count(*) AS households, sum(s.members)::bigint AS members,
            ARRAY[sum(s.employment_sen), sum(s.self_employment_sen), sum(s.property_sen),
                  sum(s.transfers_sen)]::bigint[] AS sources_sen,
            ARRAY[sum(s.employment_earners), sum(s.self_employment_earners), sum(s.property_earners),
                  sum(s.transfers_earners)]::bigint[] AS earners
        FROM standing AS s
        GROUP BY s.cell, s.status, s.step
    )
    SELECT d.state_code, d.strata, s.status::integer, s.step, s.households, s.members, s.sources_sen, s.earners,
        coalesce(u.children, array_fill(0::bigint, ARRAY[18]))
    FROM sums AS s
    JOIN due AS d ON d.cell = s.cell
    LEFT JOIN under AS u ON u.cell = s.cell AND u.status = s.status AND u.step = s.step;
END
$$;
REVOKE ALL ON FUNCTION simulation_steps(date) FROM PUBLIC;
