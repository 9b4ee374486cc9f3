-- Base measures by closed month: what formulas of indicators read and headcount_month does not keep, of every area at once.
-- Rows of no cut but zero stand for the country, one a measure and month: that the month is kept. What belongs to a part of
-- the areas alone (locked lists, money) has no such row: an area without one has no value.

CREATE OR REPLACE FUNCTION month_no(day date) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT extract(year FROM day)::integer * 12 + extract(month FROM day)::integer $$;

CREATE OR REPLACE FUNCTION last_of_month(month date) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT (month + interval '1 month - 1 day')::date $$;

-- Households that were registered in a month, by the place and strata that they were registered in.
CREATE OR REPLACE FUNCTION registered_measures(months date[], asked_household bigint)
RETURNS TABLE (area_code text, month date, measure text, cut text, value numeric)
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    -- put together at run time, so that one household is found by its key
    RETURN QUERY EXECUTE format($query$
    SELECT area.code, r.month, 'registered_new', 'strata=' || r.strata, count(*)::numeric
    FROM (SELECT date_trunc('month', h.registered_on)::date AS month, d.*
          FROM household AS h
          CROSS JOIN LATERAL (SELECT s.state_code, s.district_code, s.mukim_code, s.strata FROM status_decision AS s
                              WHERE s.household_id = h.id ORDER BY s.effective_on, s.id LIMIT 1) AS d
          WHERE h.registered_on >= (SELECT min(m) FROM unnest($1) AS m) AND %1$s) AS r
    CROSS JOIN LATERAL unnest(ARRAY['MY', r.state_code, r.district_code, coalesce(r.mukim_code, r.district_code || '00')])
        AS area (code)
    WHERE r.month = ANY ($1)
    GROUP BY area.code, r.month, r.strata
    $query$, CASE WHEN asked_household IS NULL THEN 'true' ELSE 'h.id = $2' END)
    USING months, asked_household;
END
$$;

-- Exits in the month of their day, and those of an earlier month in the month in which they were undone: what is asked of a
-- day takes off those undone by then. An exit and its undoing in one month leave nothing.
CREATE OR REPLACE FUNCTION exit_measures(months date[], asked_household bigint)
RETURNS TABLE (area_code text, month date, measure text, cut text, value numeric)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT area.code, told.month, told.measure, told.cut, count(*)::numeric
    FROM household_exit AS e
    CROSS JOIN LATERAL (SELECT date_trunc('month', e.exited_on)::date AS went, date_trunc('month', e.undone_on)::date AS back)
        AS m
    CROSS JOIN LATERAL (
        SELECT m.went AS month, 'exits' AS measure, 'reason=' || e.reason AS cut WHERE m.back IS NULL OR m.back > m.went
        UNION ALL
        SELECT m.back, 'exits_undone', format('of=%s,reason=%s', to_char(m.went, 'YYYY-MM'), e.reason) WHERE m.back > m.went
    ) AS told
    CROSS JOIN LATERAL (
        SELECT d.state_code, d.district_code FROM status_decision AS d WHERE d.household_id = e.household_id
        ORDER BY d.effective_on > e.exited_on, abs(d.effective_on - e.exited_on), d.id DESC LIMIT 1) AS place
    CROSS JOIN LATERAL unnest(ARRAY['MY', place.state_code, place.district_code]) AS area (code)
    WHERE told.month = ANY (months) AND (asked_household IS NULL OR e.household_id = asked_household)
    GROUP BY area.code, told.month, told.measure, told.cut
$$;

-- Households whose income was at least RM300 above that of 12 months before, or of registration, in three or more of the
-- last 12 months. Incomes are steps in time, so the months in which one is that much above an earlier one are ranges.
CREATE OR REPLACE FUNCTION income_measures(months date[], asked_household bigint)
RETURNS TABLE (area_code text, month date, measure text, cut text, value numeric)
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp SET work_mem = '128MB' SET jit = off
AS $$
BEGIN
    RETURN QUERY EXECUTE format($query$
    WITH risen AS MATERIALIZED (
        SELECT d.household_id FROM status_decision AS d
        WHERE d.cause IN ('registered', 'income_changed', 'members_changed', 'corrected')
            AND d.effective_on < (SELECT max(m) + interval '1 month' FROM unnest($1) AS m) AND %1$s
        GROUP BY d.household_id HAVING max(d.income_rm) - min(d.income_rm) >= 300
    ), incomes AS MATERIALIZED (
        SELECT d.household_id, d.income_rm, month_no(d.effective_on) AS from_no,
            lead(month_no(d.effective_on)) OVER own AS until_no, row_number() OVER own AS turn
        FROM status_decision AS d JOIN risen AS r ON r.household_id = d.household_id
        WHERE d.cause IN ('registered', 'income_changed', 'members_changed', 'corrected')
            AND d.effective_on < (SELECT max(m) + interval '1 month' FROM unnest($1) AS m)
        WINDOW own AS (PARTITION BY d.household_id ORDER BY d.effective_on, d.id)
    ), before AS (
        SELECT i.household_id, i.income_rm, int4range(i.from_no + 12, i.until_no + 12) AS during FROM incomes AS i
        UNION ALL
        SELECT i.household_id, i.income_rm, int4range(NULL, i.from_no + 12) FROM incomes AS i WHERE i.turn = 1
    ), above AS (
        SELECT i.household_id, lower(both_in.during) AS from_no, upper(both_in.during) AS until_no
        FROM incomes AS i
        JOIN before AS b ON b.household_id = i.household_id AND i.income_rm - b.income_rm >= 300
        CROSS JOIN LATERAL (SELECT int4range(i.from_no, i.until_no) * b.during AS during) AS both_in
        WHERE NOT isempty(both_in.during)
    ), held AS (
        SELECT a.household_id, asked.month, asked.no
        FROM above AS a
        JOIN (SELECT m AS month, month_no(m) AS no FROM unnest($1) AS m) AS asked
            ON a.from_no <= asked.no AND (a.until_no IS NULL OR a.until_no > asked.no - 11)
        GROUP BY a.household_id, asked.month, asked.no
        HAVING sum(least(coalesce(a.until_no, asked.no + 1), asked.no + 1) - greatest(a.from_no, asked.no - 11)) >= 3
    ), placed AS (
        SELECT d.household_id, d.state_code, d.district_code, month_no(d.effective_on) AS from_no,
            lead(month_no(d.effective_on)) OVER (PARTITION BY d.household_id ORDER BY d.effective_on, d.id) AS until_no
        FROM status_decision AS d JOIN risen AS r ON r.household_id = d.household_id
    ), grouped AS (
        SELECT p.state_code, p.district_code, h.month, count(*) AS households
        FROM held AS h
        JOIN placed AS p ON p.household_id = h.household_id AND p.from_no <= h.no AND (p.until_no IS NULL OR p.until_no > h.no)
        WHERE NOT EXISTS (SELECT FROM household_exit AS e WHERE e.household_id = h.household_id
                          AND time_out(e.exited_on, e.undone_on) @> last_of_month(h.month))
        GROUP BY p.state_code, p.district_code, h.month
    )
    SELECT area.code, g.month, 'income_up_300', '', sum(g.households)
    FROM grouped AS g
    CROSS JOIN LATERAL unnest(ARRAY['MY', g.state_code, g.district_code]) AS area (code)
    GROUP BY area.code, g.month
    $query$, CASE WHEN asked_household IS NULL THEN 'true' ELSE 'd.household_id = $2' END)
    USING months, asked_household;
END
$$;

-- The households of locked lists, and those still in the statuses of their list and not exited: from the month in which it
-- was frozen on, of every area that the list is of, also where nobody of it is. Of one household: how many are left.
CREATE OR REPLACE FUNCTION locked_measures(months date[], asked_cohort bigint, asked_household bigint)
RETURNS TABLE (area_code text, month date, measure text, cut text, value numeric)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    WITH asked AS (
        SELECT c.id, c.area_code, c.statuses, m AS month, last_of_month(m) AS last
        FROM cohort AS c CROSS JOIN unnest(months) AS m
        WHERE (asked_cohort IS NULL OR c.id = asked_cohort) AND c.frozen_on <= last_of_month(m)
    ), counted AS (
        SELECT a.id, a.month, m.district_code, 1 AS size,
            CASE WHEN d.status = ANY (a.statuses) AND NOT EXISTS (
                SELECT FROM household_exit AS e WHERE e.household_id = m.household_id
                    AND time_out(e.exited_on, e.undone_on) @> a.last) THEN 1 ELSE 0 END AS still
        FROM asked AS a
        JOIN cohort_member AS m ON m.cohort_id = a.id
        LEFT JOIN LATERAL (
            SELECT s.status FROM status_decision AS s
            WHERE s.household_id = m.household_id AND s.effective_on <= a.last
            ORDER BY s.effective_on DESC, s.id DESC LIMIT 1) AS d ON true
        WHERE asked_household IS NULL OR m.household_id = asked_household
        UNION ALL
        SELECT a.id, a.month, p.code, 0, 0
        FROM asked AS a JOIN area AS p ON p.level = 'district' AND a.area_code IN ('MY', p.code, p.state_code)
        WHERE asked_household IS NULL
    )
    SELECT area.code, c.month, told.measure, 'cohort=' || c.id, sum(told.value)::numeric
    FROM counted AS c
    CROSS JOIN LATERAL (VALUES ('locked_size', c.size), ('locked_left', c.still)) AS told (measure, value)
    CROSS JOIN LATERAL unnest(ARRAY['MY', left(c.district_code, 2), c.district_code]) AS area (code)
    WHERE asked_household IS NULL OR told.measure = 'locked_left'
    GROUP BY area.code, c.month, told.measure, c.id
$$;

-- Cases whose 14 days for a visit ended in a month, and those of them that had been visited by then.
CREATE OR REPLACE FUNCTION case_measures(months date[])
RETURNS TABLE (area_code text, month date, measure text, cut text, value numeric)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT area.code, date_trunc('month', c.due)::date, told.measure, '', count(*)::numeric
    FROM (SELECT f.id, f.district_code, min((s.at AT TIME ZONE 'Asia/Kuala_Lumpur')::date) + 14 AS due
          FROM case_step AS s JOIN case_file AS f ON f.id = s.case_id
          WHERE s.to_state = 'received'
          GROUP BY f.id) AS c
    CROSS JOIN LATERAL (
        SELECT 'cases_due_visit' AS measure
        UNION ALL
        SELECT 'cases_visited_in_time'
        WHERE EXISTS (SELECT FROM visit AS v WHERE v.case_id = c.id
                      AND (v.visited_at AT TIME ZONE 'Asia/Kuala_Lumpur')::date <= c.due)
    ) AS told
    CROSS JOIN LATERAL unnest(ARRAY['MY', left(c.district_code, 2), c.district_code]) AS area (code)
    WHERE date_trunc('month', c.due)::date = ANY (months)
    GROUP BY area.code, date_trunc('month', c.due), told.measure
$$;

-- Applications that were approved or refused in a month, and those of them decided within the days that a decision has from
-- the check on.
CREATE OR REPLACE FUNCTION application_measures(months date[])
RETURNS TABLE (area_code text, month date, measure text, cut text, value numeric)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT area.code, date_trunc('month', d.on_day)::date, told.measure, '', count(*)::numeric
    FROM (SELECT s.id, s.application_id, a.district_code, (s.at AT TIME ZONE 'Asia/Kuala_Lumpur')::date AS on_day
          FROM aid_step AS s JOIN aid_application AS a ON a.id = s.application_id
          WHERE s.action IN ('lulus', 'tolak')) AS d
    CROSS JOIN LATERAL (
        SELECT 'applications_decided' AS measure
        UNION ALL
        SELECT 'applications_in_time'
        WHERE d.on_day <= (SELECT (max(c.at) AT TIME ZONE 'Asia/Kuala_Lumpur')::date FROM aid_step AS c
                           WHERE c.application_id = d.application_id AND c.id < d.id AND c.to_state = 'disemak'
                               AND c.from_state <> 'disemak')
            + (SELECT (t.value #>> '{}')::integer FROM setting AS t WHERE t.key = 'applications.decide_days')
    ) AS told
    CROSS JOIN LATERAL unnest(ARRAY['MY', left(d.district_code, 2), d.district_code]) AS area (code)
    WHERE date_trunc('month', d.on_day)::date = ANY (months)
    GROUP BY area.code, date_trunc('month', d.on_day), told.measure
$$;

-- The areas that an office's money is of: the country, and the one state or district that its territory lies in.
CREATE OR REPLACE FUNCTION office_areas() RETURNS TABLE (office text, area_code text)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT o.code, area.code
    FROM office AS o
    CROSS JOIN LATERAL (SELECT array_agg(DISTINCT d) AS districts, array_agg(DISTINCT left(d, 2)) AS states
                        FROM unnest(territory_districts(o.territory)) AS d) AS within
    CROSS JOIN LATERAL unnest(ARRAY['MY', CASE WHEN cardinality(within.states) = 1 THEN within.states[1] END,
                                    CASE WHEN cardinality(within.districts) = 1 THEN within.districts[1] END]) AS area (code)
    WHERE area.code IS NOT NULL
$$;

-- What lines of the ledger add to the money of months: spent in the month of their day; allocated, at the end of every month
-- of their fiscal year from that day on. The country's allocation is what the source gave; that of an area inside is what
-- its offices were warranted.
CREATE OR REPLACE FUNCTION money_measures(months date[], entries bigint[])
RETURNS TABLE (area_code text, month date, measure text, cut text, value numeric)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    WITH lines AS (
        SELECT e.programme, e.year::integer AS year, date_trunc('month', e.day)::date AS of_month, l.office, l.account,
            sum(l.amount) AS amount
        FROM ledger_line AS l JOIN ledger_entry AS e ON e.id = l.entry_id
        WHERE entries IS NULL OR e.id = ANY (entries)
        GROUP BY e.programme, e.year, date_trunc('month', e.day), l.office, l.account
    ), programmes AS (
        SELECT DISTINCT l.programme, fiscal_month_of(l.programme) AS fiscal_month FROM lines AS l
    )
    SELECT o.area_code, l.of_month, 'spent_rm', '', sum(l.amount)
    FROM lines AS l JOIN office_areas() AS o ON o.office = l.office
    WHERE l.account = 'BELANJA' AND l.of_month = ANY (months)
    GROUP BY o.area_code, l.of_month
    UNION ALL
    SELECT coalesce(o.area_code, 'MY'), m, 'allocated_rm', '',
        sum(CASE WHEN l.account IN ('SUMBER', 'PULANGAN') THEN -l.amount ELSE l.amount END)
    FROM lines AS l
    JOIN programmes AS p ON p.programme = l.programme
    JOIN unnest(months) AS m ON l.of_month <= m AND l.year = fiscal_year(last_of_month(m), p.fiscal_month)
    LEFT JOIN office_areas() AS o ON o.office = l.office AND o.area_code <> 'MY'
    WHERE l.account IN ('SUMBER', 'PULANGAN')
        OR l.account IN ('WARAN', 'TANGGUNGAN', 'DALAM_BAYARAN', 'BELANJA') AND o.area_code IS NOT NULL
    GROUP BY coalesce(o.area_code, 'MY'), m
$$;

-- Houses that were completed in a month, by the district that they stand in.
CREATE OR REPLACE FUNCTION house_measures(months date[])
RETURNS TABLE (area_code text, month date, measure text, cut text, value numeric)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT area.code, h.month, 'houses_completed', '', sum(h.houses)
    FROM houses_completed AS h
    CROSS JOIN LATERAL unnest(ARRAY['MY', left(h.district_code, 2), h.district_code]) AS area (code)
    WHERE h.month = ANY (months)
    GROUP BY area.code, h.month
$$;

-- Every measure of the months asked for that the records tell at any time.
CREATE OR REPLACE FUNCTION measures_of(months date[])
RETURNS TABLE (area_code text, month date, measure text, cut text, value numeric)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT e.area_code, e.month, e.measure, e.cut, sum(e.value)
    FROM (
        SELECT * FROM registered_measures(months, NULL)
        UNION ALL SELECT * FROM exit_measures(months, NULL)
        UNION ALL SELECT * FROM income_measures(months, NULL)
        UNION ALL SELECT * FROM locked_measures(months, NULL, NULL)
        UNION ALL SELECT * FROM case_measures(months)
        UNION ALL SELECT * FROM application_measures(months)
        UNION ALL SELECT * FROM money_measures(months, NULL)
        UNION ALL SELECT * FROM house_measures(months)
        UNION ALL
        SELECT 'MY', m, held, '', 0 FROM unnest(months) AS m
        CROSS JOIN unnest(ARRAY['registered_new', 'exits', 'income_up_300', 'cases_due_visit', 'cases_visited_in_time',
                                'applications_decided', 'applications_in_time', 'spent_rm', 'houses_completed']) AS held
    ) AS e
    GROUP BY e.area_code, e.month, e.measure, e.cut
$$;

-- What the records tell of now alone, as it is kept for the month that has just ended.
CREATE OR REPLACE FUNCTION measures_now()
RETURNS TABLE (area_code text, measure text, cut text, value numeric)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    WITH counted AS (
        SELECT area.code AS area_code, c.strata, c.status, sum(c.female_headed) AS female_headed,
            sum(c.households - c.without_point) AS with_point
        FROM headcount AS c
        LEFT JOIN area AS a ON a.code = c.area_code
        CROSS JOIN LATERAL unnest(CASE a.level WHEN 'state' THEN ARRAY['MY', c.area_code] ELSE ARRAY[c.area_code] END)
            AS area (code)
        -- who has no mukim is counted under a code that is no area
        WHERE coalesce(a.level, 'mukim') IN ('state', 'district', 'mukim')
        GROUP BY area.code, c.strata, c.status
    ), work AS (
        SELECT w.list, w.district_code, sum(w.households) AS households
        FROM worklist_count AS w
        WHERE w.list = 'quality'
            OR w.list = 'due' AND (w.period = 'month' AND w.begins < date_trunc('month', current_date)
                                   OR w.period = 'day' AND w.begins >= date_trunc('month', current_date)
                                       AND w.begins < current_date)
        GROUP BY w.list, w.district_code
    )
    SELECT e.area_code, e.measure, e.cut, sum(e.value)
    FROM (
        SELECT c.area_code, 'female_headed' AS measure, format('strata=%s,status=%s', c.strata, c.status) AS cut,
            c.female_headed AS value
        FROM counted AS c WHERE c.female_headed <> 0
        UNION ALL
        SELECT c.area_code, 'with_point', 'strata=' || c.strata, c.with_point FROM counted AS c WHERE c.with_point <> 0
        UNION ALL
        SELECT area.code, CASE w.list WHEN 'due' THEN 'review_overdue' ELSE 'quality_open' END, '', w.households
        FROM work AS w
        CROSS JOIN LATERAL unnest(ARRAY['MY', left(w.district_code, 2), w.district_code]) AS area (code)
        UNION ALL
        SELECT 'MY', held, '', 0 FROM unnest(ARRAY['female_headed', 'with_point', 'review_overdue', 'quality_open']) AS held
    ) AS e
    GROUP BY e.area_code, e.measure, e.cut
$$;
