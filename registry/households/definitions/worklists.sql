-- The worklists: which households wait for what, how many they are, and a page of them, at a cost that does not grow with
-- the register. What a household's own row says is found by an index over households; what other tables say of it (open
-- flags, a death, a move) is kept in worklist_entry; how many there are is kept in worklist_count.

-- The lists that other tables decide, worked out anew. A visit after a move settles it; after an exit only the flag that
-- says that the household was seen again is work.
CREATE OR REPLACE VIEW worklist_found WITH (security_invoker = true) AS
SELECT 'quality' AS list, h.id AS household_id, h.district_code, h.gap_share, h.per_capita_rm, CAST(NULL AS date) AS day
FROM household AS h
WHERE EXISTS (SELECT FROM quality_flag AS f
              WHERE f.household_id = h.id AND f.resolved_at IS NULL
                  AND (h.exited_on IS NULL OR f.code = 'seen_after_exit'))
UNION ALL
SELECT 'died', h.id, h.district_code, h.gap_share, h.per_capita_rm, lost.day
FROM household AS h
CROSS JOIN LATERAL (SELECT max((e.noted_at AT TIME ZONE 'Asia/Kuala_Lumpur')::date) AS day FROM member_death AS e
                    WHERE e.household_id = h.id) AS lost
WHERE h.exited_on IS NULL AND lost.day IS NOT NULL
UNION ALL
SELECT 'moved', h.id, h.district_code, h.gap_share, h.per_capita_rm, went.day
FROM household AS h
CROSS JOIN LATERAL (SELECT max(d.effective_on) AS day FROM status_decision AS d
                    WHERE d.household_id = h.id AND d.cause = 'moved') AS went
WHERE h.exited_on IS NULL AND coalesce(h.last_visit_on, h.census_date, h.registered_on) < went.day;

-- Every figure of the worklists that differs from the records: households that are on a list and should not be, are not
-- and should be, or stand there with other figures; and counts. Empty when all is well.
CREATE OR REPLACE FUNCTION worklist_differences()
RETURNS TABLE (area_code text, measure text, summary numeric, recounted numeric)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    WITH found AS MATERIALIZED (
        SELECT * FROM worklist_found
    ), on_a_list AS (
        SELECT f.list, f.district_code, f.day FROM found AS f
        UNION ALL
        SELECT l.list, h.district_code, l.day
        FROM household AS h
        CROSS JOIN LATERAL (VALUES
            ('due', h.next_review_on, h.exited_on IS NULL),
            ('unvisited', coalesce(h.last_visit_on, h.census_date, h.registered_on),
             h.exited_on IS NULL AND h.status = 'tegar'),
            ('exited_' || h.exit_reason, NULL, h.exited_on IS NOT NULL)) AS l (list, day, holds)
        WHERE l.holds
    ), recounted AS (
        SELECT l.list, p.period, p.begins, l.district_code, count(*) AS households
        FROM on_a_list AS l
        CROSS JOIN LATERAL (
            SELECT 'always' AS period, CAST('-infinity' AS date) AS begins WHERE l.day IS NULL
            UNION ALL SELECT 'month', date_trunc('month', l.day)::date WHERE l.day IS NOT NULL
            UNION ALL SELECT 'day', l.day WHERE l.day IS NOT NULL) AS p
        GROUP BY l.list, p.period, p.begins, l.district_code
    ), summed AS (
        SELECT w.list, w.period, w.begins, w.district_code, sum(w.households) AS households
        FROM worklist_count AS w
        GROUP BY w.list, w.period, w.begins, w.district_code
    )
    SELECT coalesce(e.district_code, f.district_code), format('%s: households whose entry differs', list),
        count(e.household_id)::numeric, count(f.household_id)::numeric
    FROM worklist_entry AS e
    FULL JOIN found AS f USING (list, household_id)
    WHERE (e.district_code, e.gap_share, e.per_capita_rm, e.day)
        IS DISTINCT FROM (f.district_code, f.gap_share, f.per_capita_rm, f.day)
    GROUP BY coalesce(e.district_code, f.district_code), list
    UNION ALL
    SELECT district_code, format('%s, %s %s', list, period, begins), coalesce(s.households, 0), coalesce(r.households, 0)
    FROM summed AS s
    FULL JOIN recounted AS r USING (list, period, begins, district_code)
    WHERE coalesce(s.households, 0) <> coalesce(r.households, 0)
$$;

-- Brings the entries of households up to date. Their rows are locked first, in order: of two transactions that change what
-- decides about one household the second waits here, and then sees what the first has done.
CREATE OR REPLACE FUNCTION renew_worklists(households bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF cardinality(households) = 0 THEN
        RETURN;
    END IF;
    PERFORM FROM household AS h WHERE h.id = ANY (households) ORDER BY h.id FOR NO KEY UPDATE;
    DELETE FROM worklist_entry AS e
    WHERE e.household_id = ANY (households)
        AND NOT EXISTS (SELECT FROM worklist_found AS f WHERE f.household_id = e.household_id AND f.list = e.list);
    INSERT INTO worklist_entry AS e (list, household_id, district_code, gap_share, per_capita_rm, day)
    SELECT f.list, f.household_id, f.district_code, f.gap_share, f.per_capita_rm, f.day
    FROM worklist_found AS f
    WHERE f.household_id = ANY (households)
    ORDER BY f.list, f.household_id
    ON CONFLICT (household_id, list) DO UPDATE SET
        district_code = excluded.district_code, gap_share = excluded.gap_share,
        per_capita_rm = excluded.per_capita_rm, day = excluded.day
    WHERE (e.district_code, e.gap_share, e.per_capita_rm, e.day)
        IS DISTINCT FROM (excluded.district_code, excluded.gap_share, excluded.per_capita_rm, excluded.day);
END
$$;

-- The three occasions of a statement on a table that worklists hang on.
DO $build$
DECLARE
    source record;
BEGIN
    FOR source IN
        SELECT occasions.name, occasions.rows, lists.subject, lists.columns
        FROM (VALUES
            ('inserted', 'SELECT 1 AS sign, n.* FROM new_rows AS n'),
            ('deleted', 'SELECT -1 AS sign, o.* FROM old_rows AS o'),
            ('updated', 'SELECT 1 AS sign, n.* FROM new_rows AS n UNION ALL SELECT -1 AS sign, o.* FROM old_rows AS o')
        ) AS occasions (name, rows)
        CROSS JOIN (VALUES
            ('household', $lists$(VALUES
                ('due', c.next_review_on, c.exited_on IS NULL),
                ('unvisited', coalesce(c.last_visit_on, c.census_date, c.registered_on),
                 c.exited_on IS NULL AND c.status = 'tegar'),
                ('exited_' || c.exit_reason, NULL, c.exited_on IS NOT NULL))$lists$),
            ('worklist_entry', '(VALUES (c.list, c.day, true))')
        ) AS lists (subject, columns)
    LOOP
        -- a dated list is counted by day and by month, so that "before a day" is a few rows whatever the day
        EXECUTE format($template$
            CREATE OR REPLACE FUNCTION count_%2$s_%1$s() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
            AS $function$
            BEGIN
                WITH grouped AS (
                    SELECT c.district_code, l.list, l.day, sum(c.sign) AS households
                    FROM (%3$s) AS c
                    CROSS JOIN LATERAL %4$s AS l (list, day, holds)
                    WHERE l.holds
                    GROUP BY c.district_code, l.list, l.day
                    HAVING sum(c.sign) <> 0
                )
                INSERT INTO worklist_count AS w (list, period, begins, district_code, slot, households)
                SELECT g.list, p.period, p.begins, g.district_code, pg_backend_pid() %% 4, sum(g.households)
                FROM grouped AS g
                CROSS JOIN LATERAL (
                    SELECT 'always' AS period, CAST('-infinity' AS date) AS begins WHERE g.day IS NULL
                    UNION ALL SELECT 'month', date_trunc('month', g.day)::date WHERE g.day IS NOT NULL
                    UNION ALL SELECT 'day', g.day WHERE g.day IS NOT NULL) AS p
                GROUP BY g.list, p.period, p.begins, g.district_code
                HAVING sum(g.households) <> 0
                ORDER BY g.list, p.period, p.begins, g.district_code
                ON CONFLICT (list, period, begins, district_code, slot) DO UPDATE SET
                    households = w.households + excluded.households;
                RETURN NULL;
            END
            $function$
        $template$, source.name, source.subject, source.rows, source.columns);
    END LOOP;
END
$build$;

-- What a change of households means for the lists that other tables decide: new figures to order by, or, where an exit, a
-- visit or another district bears on it, everything anew.
CREATE OR REPLACE FUNCTION renew_changed_households() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    PERFORM renew_worklists(ARRAY(
        -- no join: one planned when a session's first change was of a single household, and kept, would compare every
        -- household of a delivery with every other
        SELECT changed.id
        FROM (SELECT id, exited_on, district_code, last_visit_on, census_date, registered_on FROM new_rows
              EXCEPT
              SELECT id, exited_on, district_code, last_visit_on, census_date, registered_on FROM old_rows) AS changed));
    UPDATE worklist_entry AS e SET gap_share = n.gap_share, per_capita_rm = n.per_capita_rm
    FROM new_rows AS n
    WHERE e.household_id = n.id
        AND (e.gap_share, e.per_capita_rm) IS DISTINCT FROM (n.gap_share, n.per_capita_rm);
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION renew_flagged() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM renew_worklists(ARRAY(SELECT DISTINCT n.household_id FROM new_rows AS n));
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM renew_worklists(ARRAY(SELECT DISTINCT o.household_id FROM old_rows AS o));
    ELSE
        PERFORM renew_worklists(ARRAY(
            SELECT n.household_id FROM new_rows AS n UNION SELECT o.household_id FROM old_rows AS o));
    END IF;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION renew_moved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    PERFORM renew_worklists(ARRAY(SELECT DISTINCT n.household_id FROM new_rows AS n WHERE n.cause = 'moved'));
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION renew_bereaved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    PERFORM renew_worklists(ARRAY[NEW.household_id]);
    RETURN NULL;
END
$$;

DO $build$
DECLARE
    kept record;
BEGIN
    FOR kept IN
        SELECT * FROM (VALUES
            ('household', 'worklist_counted_in', 'INSERT', 'NEW TABLE AS new_rows', 'count_household_inserted'),
            ('household', 'worklist_counted_out', 'DELETE', 'OLD TABLE AS old_rows', 'count_household_deleted'),
            ('household', 'worklist_recounted', 'UPDATE', 'OLD TABLE AS old_rows NEW TABLE AS new_rows',
             'count_household_updated'),
            ('household', 'worklist_renewed', 'UPDATE', 'OLD TABLE AS old_rows NEW TABLE AS new_rows',
             'renew_changed_households'),
            ('worklist_entry', 'worklist_counted_in', 'INSERT', 'NEW TABLE AS new_rows', 'count_worklist_entry_inserted'),
            ('worklist_entry', 'worklist_counted_out', 'DELETE', 'OLD TABLE AS old_rows', 'count_worklist_entry_deleted'),
            ('worklist_entry', 'worklist_recounted', 'UPDATE', 'OLD TABLE AS old_rows NEW TABLE AS new_rows',
             'count_worklist_entry_updated'),
            ('quality_flag', 'worklist_raised', 'INSERT', 'NEW TABLE AS new_rows', 'renew_flagged'),
            ('quality_flag', 'worklist_dropped', 'DELETE', 'OLD TABLE AS old_rows', 'renew_flagged'),
            ('quality_flag', 'worklist_settled', 'UPDATE', 'OLD TABLE AS old_rows NEW TABLE AS new_rows', 'renew_flagged'),
            ('status_decision', 'worklist_moved', 'INSERT', 'NEW TABLE AS new_rows', 'renew_moved')
        ) AS triggers (subject, name, event, rows, called)
    LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER %s ON %I REFERENCING %s FOR EACH STATEMENT EXECUTE FUNCTION %I()',
                       kept.name, kept.event, kept.subject, kept.rows, kept.called);
        -- an import stores with its references unchecked, which passes over every trigger that does not say so
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', kept.subject, kept.name);
    END LOOP;
END
$build$;

CREATE OR REPLACE TRIGGER worklist_bereaved AFTER INSERT OR UPDATE OF noted_at ON member_death
    FOR EACH ROW EXECUTE FUNCTION renew_bereaved();

-- A page of a worklist within the acting user's territory, or within one district of it: the households after a place in
-- the list, in its order, with the place of each. Of every district the first few are read off an index, and the first of
-- these are the page. In the definer's name because the order of numbers is no safe condition below row-level security;
-- the statement that joins the households is below it.
CREATE OR REPLACE FUNCTION worklist_page(
    asked_list text, asked_district text, after_day date, after_share numeric, after_rm numeric, after_id bigint,
    row_limit integer, row_offset integer
) RETURNS TABLE (household_id bigint, day date, gap_share numeric, per_capita_rm numeric)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    is_due boolean := asked_list IN ('due', 'unvisited');
    day text := CASE asked_list
        WHEN 'due' THEN 'h.next_review_on'
        WHEN 'unvisited' THEN 'coalesce(h.last_visit_on, h.census_date, h.registered_on)'
        ELSE 'CAST(NULL AS date)' END;
    held text := CASE asked_list
        WHEN 'due' THEN 'h.exited_on IS NULL AND h.next_review_on < current_date'
        WHEN 'unvisited' THEN 'h.exited_on IS NULL AND h.status = ''tegar'' AND coalesce(h.last_visit_on, h.census_date,'
            ' h.registered_on) < current_date - interval ''6 months'''
        WHEN 'unplaced' THEN 'h.exited_on IS NULL AND h.geom_method NOT IN (''given'', ''swapped'', ''manual'')'
        WHEN 'no_mukim' THEN 'h.exited_on IS NULL AND h.mukim_code IS NULL'
        WHEN 'exited' THEN 'h.exited_on IS NOT NULL'
        WHEN 'tegar' THEN 'h.exited_on IS NULL AND h.status = r.status AND h.strata = r.strata'
        WHEN 'miskin' THEN 'h.exited_on IS NULL AND h.status = r.status AND h.strata = r.strata'
        WHEN 'quality' THEN 'h.list = ''quality'''
        WHEN 'died' THEN 'h.list = ''died'' AND h.day > current_date - interval ''12 months'''
        WHEN 'moved' THEN 'h.list = ''moved'' AND h.day > current_date - interval ''12 months'''
        ELSE 'false' END || CASE WHEN cardinality(acting_catchments()) = 0 THEN '' ELSE ' AND EXISTS (SELECT FROM household'
            ' AS own WHERE own.id = h.id AND in_reach(own.district_code, own.catchment_codes))' END;
    source text := CASE WHEN asked_list IN ('quality', 'died', 'moved')
        THEN '(SELECT e.household_id AS id, e.* FROM worklist_entry AS e) AS h' ELSE 'household AS h' END;
    sorted text := CASE WHEN is_due THEN day || ', ' ELSE '' END || 'h.gap_share DESC, h.per_capita_rm, h.id';
    -- after a place: the rest of those as far below the line, then those less far below it, then later days
    places text[] := CASE WHEN after_id IS NULL THEN ARRAY['true'] ELSE ARRAY[
        CASE WHEN is_due THEN day || ' = $3 AND ' ELSE '' END || 'h.gap_share = $4 AND (h.per_capita_rm, h.id) > ($5, $6)',
        CASE WHEN is_due THEN day || ' = $3 AND ' ELSE '' END || 'h.gap_share < $4']
        || CASE WHEN is_due THEN ARRAY[day || ' > $3'] ELSE '{}' END END;
    branches text;
BEGIN
    SELECT string_agg(format('(SELECT h.id, %s AS day, h.gap_share, h.per_capita_rm FROM %s
                               WHERE h.district_code = r.district_code AND %s AND %s ORDER BY %s LIMIT CAST($7 AS bigint) + $8)',
                             day, source, held, place, sorted), ' UNION ALL ')
    INTO branches FROM unnest(places) AS place;
    RETURN QUERY EXECUTE format($query$
        SELECT h.id, h.day, h.gap_share, h.per_capita_rm
        FROM (SELECT area.code AS district_code, wanted.status, wanted.strata
              FROM area CROSS JOIN unnest($1, $9) AS wanted (status, strata)
              WHERE area.level = 'district' AND ($2 IS NULL OR area.code = $2) AND sees_persons()
                  AND area.code IN (SELECT reached_districts())) AS r
        CROSS JOIN LATERAL (%s) AS h
        ORDER BY h.day, h.gap_share DESC, h.per_capita_rm, h.id
        LIMIT $7 OFFSET $8
    $query$, branches)
    USING CASE asked_list WHEN 'miskin' THEN ARRAY['tegar', 'tegar', 'miskin', 'miskin']
                          WHEN 'tegar' THEN ARRAY['tegar', 'tegar'] ELSE ARRAY[NULL] END,
        asked_district, after_day, after_share, after_rm, after_id, row_limit, row_offset,
        CASE asked_list WHEN 'miskin' THEN ARRAY['urban', 'rural', 'urban', 'rural']
                        WHEN 'tegar' THEN ARRAY['urban', 'rural'] ELSE ARRAY[NULL] END;
END
$$;

-- The hundred poor households nearest to the poverty line, or furthest below it, by what they lack of it a month, within
-- the acting user's territory or one district of it. Of every district no more than a hundred are read.
CREATE OR REPLACE FUNCTION by_the_line(furthest boolean, asked_district text)
RETURNS TABLE (household_id bigint, day date, gap_share numeric, per_capita_rm numeric, turn bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    mine text := CASE WHEN cardinality(acting_catchments()) = 0 THEN 'true'
        ELSE 'in_reach(h.district_code, h.catchment_codes)' END;
    sorted text := CASE WHEN furthest THEN 'h.gap_rm DESC, h.file_no' ELSE 'h.gap_rm, h.file_no' END;
BEGIN
    RETURN QUERY EXECUTE format($query$
        SELECT h.id, CAST(NULL AS date), h.gap_share, h.per_capita_rm, row_number() OVER (ORDER BY %2$s)
        FROM area AS r
        CROSS JOIN LATERAL (
            SELECT h.id, h.gap_share, h.per_capita_rm, h.gap_rm, h.file_no FROM household AS h
            WHERE h.district_code = r.code AND h.exited_on IS NULL AND h.status IN ('tegar', 'miskin') AND %1$s
            ORDER BY %2$s LIMIT 100) AS h
        WHERE r.level = 'district' AND ($1 IS NULL OR r.code = $1) AND sees_persons()
            AND r.code IN (SELECT reached_districts())
        ORDER BY %2$s LIMIT 100
    $query$, mine, sorted) USING asked_district;
END
$$;

CREATE POLICY read_own_area ON worklist_count FOR SELECT TO app_web
USING ((SELECT sees_persons())
       AND ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[])));
CREATE POLICY read_own_area ON worklist_entry FOR SELECT TO app_web
USING ((SELECT sees_persons())
       AND ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[])));
GRANT SELECT ON worklist_count, worklist_entry TO app_web;
REVOKE ALL ON FUNCTION renew_worklists(bigint[]), worklist_differences(), by_the_line(boolean, text),
    worklist_page(text, text, date, numeric, numeric, bigint, integer, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION by_the_line(boolean, text),
    worklist_page(text, text, date, numeric, numeric, bigint, integer, integer) TO app_web;
