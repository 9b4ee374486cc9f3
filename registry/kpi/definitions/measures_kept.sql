-- Keeping the measures of closed months: as a month closes, as a record of the past comes late, and the proof that what is
-- kept is what the records tell.

-- The month that has just ended: what the records tell of now alone is kept for it as it stands when the month closes.
CREATE OR REPLACE FUNCTION month_just_ended() RETURNS date
LANGUAGE sql STABLE
AS $$ SELECT (date_trunc('month', current_date) - interval '1 month')::date $$;

-- The months whose measures are kept.
CREATE OR REPLACE FUNCTION measured_months() RETURNS date[]
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT coalesce(array_agg(k.month), '{}') FROM measure_month AS k
    WHERE k.measure = 'exits' AND k.area_code = 'MY' AND k.cut = ''
$$;

-- Keeps the measures of months that close, instead of those that they may have had.
CREATE OR REPLACE FUNCTION keep_measures(closing date[]) RETURNS void
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    now_alone text[] := ARRAY['female_headed', 'with_point', 'review_overdue', 'quality_open'];
BEGIN
    DELETE FROM measure_month AS k
    WHERE k.month = ANY (closing) AND (k.measure <> ALL (now_alone) OR k.month = month_just_ended());
    INSERT INTO measure_month (area_code, month, measure, cut, value) SELECT * FROM measures_of(closing);
    INSERT INTO measure_month (area_code, month, measure, cut, value)
    SELECT n.area_code, month_just_ended(), n.measure, n.cut, n.value
    FROM measures_now() AS n WHERE month_just_ended() = ANY (closing);
END
$$;

-- Works every closed month out anew; returns the months. What the records tell of now alone stays, and is kept for the month
-- that has just ended where it is not yet.
CREATE OR REPLACE FUNCTION recount_measures() RETURNS integer
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    months date[] := ARRAY(SELECT h.month FROM headcount_month AS h UNION SELECT unnest(measured_months()));
BEGIN
    CREATE TEMP TABLE measures_counted ON COMMIT DROP AS SELECT * FROM measures_of(months);
    DELETE FROM measure_month AS k
    WHERE k.measure NOT IN ('female_headed', 'with_point', 'review_overdue', 'quality_open');
    INSERT INTO measure_month (area_code, month, measure, cut, value)
    SELECT c.area_code, c.month, c.measure, c.cut, c.value FROM measures_counted AS c;
    INSERT INTO measure_month (area_code, month, measure, cut, value)
    SELECT n.area_code, month_just_ended(), n.measure, n.cut, n.value
    FROM measures_now() AS n
    WHERE month_just_ended() = ANY (months)
        AND NOT EXISTS (SELECT FROM measure_month AS k WHERE k.measure = n.measure AND k.month = month_just_ended());
    DROP TABLE measures_counted;
    RETURN cardinality(months);
END
$$;

-- Takes what a household adds to the measures of closed months out of them (sign -1) or puts it back (1).
CREATE OR REPLACE FUNCTION shift_measures(asked_household bigint, sign integer) RETURNS void
LANGUAGE sql VOLATILE SET search_path = ekasih, public, pg_temp
AS $$
    WITH months AS (SELECT measured_months() AS closed)
    INSERT INTO measure_month AS k (area_code, month, measure, cut, value)
    SELECT f.area_code, f.month, f.measure, f.cut, sign * f.value
    FROM months AS m
    CROSS JOIN LATERAL (
        SELECT * FROM registered_measures(m.closed, asked_household)
        UNION ALL SELECT * FROM exit_measures(m.closed, asked_household)
        UNION ALL SELECT * FROM income_measures(m.closed, asked_household)
        UNION ALL SELECT * FROM locked_measures(m.closed, NULL, asked_household)
    ) AS f
    ORDER BY f.measure, f.month, f.area_code, f.cut
    ON CONFLICT (measure, month, area_code, cut) DO UPDATE SET value = k.value + excluded.value
$$;

-- A visit that reaches the register after the month in which its case was due has closed.
CREATE OR REPLACE FUNCTION keep_late_visit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    INSERT INTO measure_month AS k (area_code, month, measure, cut, value)
    SELECT area.code, date_trunc('month', c.due)::date, 'cases_visited_in_time', '', 1
    FROM (SELECT f.district_code, min((s.at AT TIME ZONE 'Asia/Kuala_Lumpur')::date) + 14 AS due
          FROM case_step AS s JOIN case_file AS f ON f.id = s.case_id
          WHERE s.case_id = NEW.case_id AND s.to_state = 'received'
          GROUP BY f.id) AS c
    CROSS JOIN LATERAL unnest(ARRAY['MY', left(c.district_code, 2), c.district_code]) AS area (code)
    WHERE (NEW.visited_at AT TIME ZONE 'Asia/Kuala_Lumpur')::date <= c.due
        AND EXISTS (SELECT FROM measure_month AS m
                    WHERE m.measure = 'cases_visited_in_time' AND m.month = date_trunc('month', c.due)::date)
        AND NOT EXISTS (SELECT FROM visit AS v WHERE v.case_id = NEW.case_id AND v.id <> NEW.id
                        AND (v.visited_at AT TIME ZONE 'Asia/Kuala_Lumpur')::date <= c.due)
    ORDER BY area.code
    ON CONFLICT (measure, month, area_code, cut) DO UPDATE SET value = k.value + 1;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER late_visit_kept AFTER INSERT ON visit FOR EACH ROW EXECUTE FUNCTION keep_late_visit();

-- Lines of the ledger of a day whose month has closed.
CREATE OR REPLACE FUNCTION keep_late_money() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    late bigint[] := ARRAY(SELECT DISTINCT l.entry_id FROM added AS l JOIN ledger_entry AS e ON e.id = l.entry_id
                           WHERE e.day < (SELECT max(m) + interval '1 month' FROM unnest(measured_months()) AS m));
BEGIN
    IF cardinality(late) > 0 THEN
        INSERT INTO measure_month AS k (area_code, month, measure, cut, value)
        SELECT f.area_code, f.month, f.measure, f.cut, f.value
        FROM money_measures(measured_months(), late) AS f
        ORDER BY f.measure, f.month, f.area_code
        ON CONFLICT (measure, month, area_code, cut) DO UPDATE SET value = k.value + excluded.value;
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER late_money_kept AFTER INSERT ON ledger_line REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION keep_late_money();

-- A list that is frozen on a day of the past has had its households since then; one that is given up never had any.
CREATE OR REPLACE FUNCTION keep_locked_list() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    DELETE FROM measure_month AS k
    WHERE k.measure IN ('locked_size', 'locked_left') AND k.cut = 'cohort=' || OLD.id;
    IF TG_OP = 'UPDATE' THEN
        INSERT INTO measure_month (area_code, month, measure, cut, value)
        SELECT * FROM locked_measures(measured_months(), NEW.id, NULL);
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER locked_list_kept AFTER UPDATE OF households OR DELETE ON cohort
FOR EACH ROW EXECUTE FUNCTION keep_locked_list();

-- Every kept measure that is not what the records tell: worked out again, or, where the records tell it of now alone and
-- where a setting that has changed since decided it, added up over the areas inside. Empty when all is well.
CREATE OR REPLACE FUNCTION measure_differences()
RETURNS TABLE (area_code text, measure text, summary numeric, recounted numeric)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    WITH counted AS MATERIALIZED (
        SELECT * FROM measures_of(measured_months()) AS c
        WHERE c.measure <> 'applications_in_time'
    ), kept AS (
        SELECT * FROM measure_month AS k
        WHERE k.measure NOT IN ('female_headed', 'with_point', 'review_overdue', 'quality_open', 'applications_in_time')
    ), added AS (
        SELECT CASE WHEN length(k.area_code) = 2 THEN 'MY' ELSE left(k.area_code, length(k.area_code) - 2) END AS area_code,
            k.month, k.measure, k.cut, sum(k.value) AS value
        FROM measure_month AS k
        WHERE k.area_code <> 'MY'
            AND k.measure IN ('female_headed', 'with_point', 'review_overdue', 'quality_open', 'applications_in_time')
        GROUP BY 1, k.month, k.measure, k.cut
    ), whole AS (
        SELECT * FROM measure_month AS k
        WHERE k.measure IN ('female_headed', 'with_point', 'review_overdue', 'quality_open', 'applications_in_time')
            AND length(k.area_code) <= CASE WHEN k.measure IN ('female_headed', 'with_point') THEN 4 ELSE 2 END
    ), compared AS (
        SELECT area_code, month, measure, cut, k.value AS summary, c.value AS recounted
        FROM kept AS k FULL JOIN counted AS c USING (area_code, month, measure, cut)
        UNION ALL
        SELECT area_code, month, measure, cut, w.value, a.value
        FROM whole AS w FULL JOIN added AS a USING (area_code, month, measure, cut)
    )
    SELECT area_code, format('%s %s', to_char(month, 'YYYY-MM'), concat_ws(', ', measure, nullif(cut, ''))),
        coalesce(c.summary, 0), coalesce(c.recounted, 0)
    FROM compared AS c
    WHERE coalesce(c.summary, 0) <> coalesce(c.recounted, 0)
$$;

CREATE POLICY read_own_area ON measure_month FOR SELECT TO app_web
USING ((SELECT sees_persons())
       AND ((SELECT nationwide()) OR left(area_code, 4) = ANY ((SELECT acting_districts())::text[])));
GRANT SELECT ON measure_month TO app_web;

-- Which months hold which measure; without a figure, so that what is nothing is told from what was not kept.
CREATE OR REPLACE FUNCTION held_months() RETURNS TABLE (measure text, month date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT DISTINCT k.measure, k.month FROM measure_month AS k WHERE k.area_code = 'MY' AND signed_in()
$$;
REVOKE ALL ON FUNCTION measured_months(), held_months(), registered_measures(date[], bigint), exit_measures(date[], bigint),
    income_measures(date[], bigint), locked_measures(date[], bigint, bigint), case_measures(date[]),
    application_measures(date[]), office_areas(), money_measures(date[], bigint[]), house_measures(date[]),
    measures_of(date[]), measures_now(), keep_measures(date[]), recount_measures(), shift_measures(bigint, integer),
    keep_late_visit(), keep_late_money(), keep_locked_list(), measure_differences() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION held_months() TO app_web;
