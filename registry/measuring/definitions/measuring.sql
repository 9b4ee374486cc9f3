-- What poverty is measured from: the households that stood on the register on a day, with the lines of their decisions, and
-- the persons in them, as they were then. Only the owner asks for them; what is kept of closed months is read by policy.

-- The records of which something later is known than held on a day, as they were on it.
CREATE OR REPLACE FUNCTION records_of(day date) RETURNS TABLE (household_id bigint, snapshot jsonb)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT DISTINCT ON (v.household_id) v.household_id, v.snapshot
    FROM household_version AS v
    WHERE v.valid_from <= day
        AND EXISTS (SELECT FROM household_version AS later
                    WHERE later.household_id = v.household_id AND later.valid_from > day)
    ORDER BY v.household_id, v.valid_from DESC, v.known_from DESC, v.id DESC
$$;

-- The decision in force on a day of each household that had not exited then.
CREATE OR REPLACE FUNCTION standing_on(day date)
RETURNS TABLE (
    household_id bigint, state_code text, district_code text, strata text, status text, income_rm numeric,
    member_count integer, line_id integer, rule_id integer
)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp SET jit = off SET work_mem = '128MB'
AS $$
    SELECT DISTINCT ON (d.household_id) d.household_id, d.state_code, d.district_code, d.strata, d.status, d.income_rm,
        d.member_count::integer, d.line_id, d.rule_id
    FROM status_decision AS d
    WHERE d.effective_on <= day
        AND NOT EXISTS (SELECT FROM household_exit AS e
                        WHERE e.household_id = d.household_id AND time_out(e.exited_on, e.undone_on) @> day)
    ORDER BY d.household_id, d.effective_on DESC, d.id DESC
$$;

-- Households on a day, money in sen: the line and the food line by the rule of their decision and by the wider rule, and
-- what a structure of multidimensional poverty may ask of a household, by the names of a census delivery.
CREATE OR REPLACE FUNCTION households_on(day date)
RETURNS TABLE (
    id bigint, state_code text, district_code text, strata text, status text, income_sen bigint, members integer,
    line_sen bigint, food_line_sen bigint, wider_line_sen bigint, wider_food_line_sen bigint, bil_bilik smallint,
    jenis_kediaman text, pemilikan text, keadaan_rumah text, tandas text, bekalan_air text, bekalan_elektrik boolean,
    kutipan_sampah boolean, kenderaan text
)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp SET jit = off SET work_mem = '128MB'
AS $$
    SELECT d.household_id, d.state_code, d.district_code, d.strata, d.status, (d.income_rm * 100)::bigint, d.member_count,
        (100 * line_of(d.member_count, l.pgk_household_rm, l.pgk_per_capita_rm, r.rule))::bigint,
        (100 * line_of(d.member_count, l.food_household_rm, l.food_per_capita_rm, r.rule))::bigint,
        (100 * line_of(d.member_count, l.pgk_household_rm, l.pgk_per_capita_rm, 'household_or_per_capita'))::bigint,
        (100 * line_of(d.member_count, l.food_household_rm, l.food_per_capita_rm, 'household_or_per_capita'))::bigint,
        CASE WHEN was.snapshot IS NULL THEN h.room_count ELSE (was.snapshot ->> 'room_count')::smallint END,
        CASE WHEN was.snapshot IS NULL THEN h.dwelling_type ELSE was.snapshot ->> 'dwelling_type' END,
        CASE WHEN was.snapshot IS NULL THEN h.tenure ELSE was.snapshot ->> 'tenure' END,
        CASE WHEN was.snapshot IS NULL THEN h.dwelling_condition ELSE was.snapshot ->> 'dwelling_condition' END,
        CASE WHEN was.snapshot IS NULL THEN h.toilet ELSE was.snapshot ->> 'toilet' END,
        CASE WHEN was.snapshot IS NULL THEN h.water_supply ELSE was.snapshot ->> 'water_supply' END,
        CASE WHEN was.snapshot IS NULL THEN h.electricity ELSE (was.snapshot ->> 'electricity')::boolean END,
        CASE WHEN was.snapshot IS NULL THEN h.rubbish_collection ELSE (was.snapshot ->> 'rubbish_collection')::boolean END,
        CASE WHEN was.snapshot IS NULL THEN h.vehicle ELSE was.snapshot ->> 'vehicle' END
    FROM standing_on(day) AS d
    JOIN household AS h ON h.id = d.household_id
    JOIN poverty_line AS l ON l.id = d.line_id
    JOIN classification_rule AS r ON r.id = d.rule_id
    LEFT JOIN records_of(day) AS was ON was.household_id = d.household_id
$$;

-- Persons on a day, of exited households too: age in completed years on the census date, else on that of registration.
CREATE OR REPLACE FUNCTION members_on(day date)
RETURNS TABLE (
    household_id bigint, age integer, tahap_pendidikan text, bersekolah boolean, status_pekerjaan text, oku text,
    penyakit_kronik text
)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp SET jit = off SET work_mem = '128MB'
AS $$
    SELECT p.household_id, extract(year FROM age(coalesce(h.census_date, h.registered_on), p.birth_date))::integer,
        p.education_level, p.in_school, p.employment_status, p.disability, p.chronic_illness
    FROM person AS p
    JOIN household AS h ON h.id = p.household_id
    WHERE NOT EXISTS (SELECT FROM records_of(day) AS was WHERE was.household_id = p.household_id)
    UNION ALL
    SELECT was.household_id,
        extract(year FROM age(coalesce((was.snapshot ->> 'census_date')::date, (was.snapshot ->> 'registered_on')::date),
                              (person ->> 'birth_date')::date))::integer,
        person ->> 'education_level', (person ->> 'in_school')::boolean, person ->> 'employment_status',
        person ->> 'disability', person ->> 'chronic_illness'
    FROM records_of(day) AS was
    CROSS JOIN LATERAL jsonb_array_elements(was.snapshot -> 'persons') AS person
$$;

-- How many households of each state and district came, went or were decided anew between two days.
CREATE OR REPLACE FUNCTION changes_between(first_day date, last_day date) RETURNS TABLE (area_code text, households bigint)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp SET jit = off SET work_mem = '128MB'
AS $$
    WITH moved AS (
        SELECT coalesce(n.household_id, o.household_id) AS id, o.state_code AS old_state, o.district_code AS old_district,
            n.state_code, n.district_code
        FROM standing_on(first_day) AS o
        FULL JOIN standing_on(last_day) AS n ON n.household_id = o.household_id
        WHERE (o.district_code, o.income_rm, o.member_count, o.line_id, o.rule_id, o.strata)
            IS DISTINCT FROM (n.district_code, n.income_rm, n.member_count, n.line_id, n.rule_id, n.strata)
    )
    SELECT area.code, count(DISTINCT m.id)
    FROM moved AS m
    CROSS JOIN LATERAL unnest(ARRAY['MY', m.old_state, m.old_district, m.state_code, m.district_code]) AS area (code)
    WHERE area.code IS NOT NULL
    GROUP BY area.code
$$;

-- The closed months of which the measures are not kept, or are of other households than the month has by now; the newest
-- first, of the last asked for.
CREATE OR REPLACE FUNCTION unmeasured_months(last_months integer) RETURNS SETOF date
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT closed.month
    FROM (SELECT DISTINCT m.month FROM headcount_month AS m ORDER BY m.month DESC LIMIT last_months) AS closed
    WHERE EXISTS (
        SELECT FROM (SELECT m.area_code, sum(m.households) AS households, sum(m.persons) AS persons,
                         sum(m.income_rm) AS income_rm, sum(m.gap_rm) AS gap_rm
                     FROM headcount_month AS m WHERE m.month = closed.month AND length(m.area_code) = 4
                     GROUP BY m.area_code HAVING sum(m.households) > 0) AS counted
        FULL JOIN (SELECT k.* FROM poverty_month AS k
                   WHERE k.month = closed.month AND k.basis = 'household' AND length(k.area_code) = 4) AS kept
            ON kept.area_code = counted.area_code
        WHERE (counted.households, counted.persons, counted.income_rm, counted.gap_rm)
            IS DISTINCT FROM (kept.households, kept.persons, kept.income_rm, kept.gap_rm))
    ORDER BY closed.month DESC
$$;

REVOKE ALL ON FUNCTION records_of(date), standing_on(date), households_on(date), members_on(date),
    changes_between(date, date), unmeasured_months(integer) FROM PUBLIC;

-- Of a state as a whole only who covers all of it: what is not a sum of districts tells of those that one does not see.
CREATE POLICY read_own_area ON poverty_month FOR SELECT TO app_web
USING ((SELECT sees_persons())
       AND ((SELECT nationwide()) OR left(area_code, 4) = ANY ((SELECT acting_districts())::text[])
            OR length(area_code) = 2 AND area_code <> 'MY' AND covers_state(area_code)));
CREATE POLICY read_own_area ON mpi_month FOR SELECT TO app_web
USING ((SELECT sees_persons())
       AND ((SELECT nationwide()) OR left(area_code, 4) = ANY ((SELECT acting_districts())::text[])
            OR length(area_code) = 2 AND area_code <> 'MY' AND covers_state(area_code)));
CREATE POLICY read_signed_in ON mpi_structure FOR SELECT TO app_web USING ((SELECT signed_in()));
CREATE POLICY add_version ON mpi_structure FOR INSERT TO app_web
WITH CHECK ((SELECT administers()) AND NOT shipped AND added_by = acting_login());
CREATE POLICY read_signed_in ON published_poverty FOR SELECT TO app_web USING ((SELECT signed_in()));
CREATE POLICY read_signed_in ON published_mpi FOR SELECT TO app_web USING ((SELECT signed_in()));
GRANT SELECT ON poverty_month, mpi_month, mpi_structure, published_poverty, published_mpi TO app_web;
GRANT INSERT ON mpi_structure TO app_web;
