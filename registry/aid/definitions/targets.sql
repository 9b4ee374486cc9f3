-- Target groups: whom an agency means to help. Before a list is approved an agency sees counts alone, rounded, and so many
-- an hour; who approves is another person, of the state or of the country; a frozen list stays as it was, and closes.

INSERT INTO setting (key, value, least, most, step) VALUES
    ('targets.counts_per_hour', '30', 1, 1000, 1),
    ('targets.days', '90', 1, 365, 1)
ON CONFLICT (key) DO UPDATE SET least = EXCLUDED.least, most = EXCLUDED.most, step = EXCLUDED.step;

-- Whether who is acting sees counts only as an agency does.
CREATE OR REPLACE FUNCTION counts_as_agency() RETURNS boolean LANGUAGE sql STABLE
AS $$ SELECT ekasih.acting_agency() IS NOT NULL OR NOT ekasih.sees_persons() $$;

-- The districts of who is acting, within the areas of the own agency; NULL for the whole country.
CREATE OR REPLACE FUNCTION target_reach() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT CASE WHEN nationwide() AND own.areas = '{}' THEN NULL
                ELSE ARRAY(SELECT a.code FROM area AS a
                           WHERE a.level = 'district' AND in_territory(a.code)
                               AND (own.areas = '{}' OR a.code = ANY (territory_districts(own.areas)))
                           ORDER BY a.code) END
    FROM (SELECT coalesce((SELECT g.areas FROM agency AS g WHERE g.id = acting_agency()), '{}'::text[]) AS areas) AS own
$$;

-- What an office of catchments reaches, as one condition more: the households of the own districts, and of its catchments.
-- Nothing is added for who works by districts alone.
CREATE OR REPLACE FUNCTION within_catchments(asked jsonb, reach text[], catchments text[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE
AS $$
    SELECT CASE WHEN catchments = '{}' THEN asked ELSE jsonb_set(asked, '{syarat}', (asked -> 'syarat') || jsonb_build_array(
        jsonb_build_object('atau', jsonb_build_array(
            jsonb_build_object('pada', 'isirumah', 'medan', 'daerah', 'op', 'dalam', 'nilai', to_jsonb(reach)),
            jsonb_build_object('pada', 'isirumah', 'medan', 'kawasan', 'op', 'dalam', 'nilai', to_jsonb(catchments)))))) END
$$;

-- Of one group as it is asked: its list with its polygon.
CREATE OR REPLACE FUNCTION target_whole(conditions jsonb, polygon jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE
AS $$ SELECT jsonb_strip_nulls(jsonb_build_object('syarat', conditions, 'poligon', polygon)) $$;

-- Whether conditions ask about health, ethnicity or religion.
CREATE OR REPLACE FUNCTION conditions_sensitive(asked jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE
AS $$
    SELECT jsonb_path_exists(asked, '$.**.medan ? (@ == "oku" || @ == "penyakit_kronik" || @ == "etnik" || @ == "agama")')
$$;

-- Refuses conditions that name a part of a state, or who reaches only a part of one: SQLSTATE EK101.
CREATE OR REPLACE FUNCTION require_whole_states(asked jsonb, reach text[]) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF asked ? 'poligon' OR jsonb_path_exists(asked,
            '$.**.medan ? (@ == "daerah" || @ == "mukim" || @ == "parlimen" || @ == "dun" || @ == "kawasan")')
        OR reach IS NOT NULL AND EXISTS (
            SELECT FROM area AS a WHERE a.level = 'district' AND a.code <> ALL (reach)
                AND a.state_code IN (SELECT left(r.code, 2) FROM unnest(reach) AS r (code))) THEN
        RAISE EXCEPTION 'target_whole_state' USING ERRCODE = 'EK101';
    END IF;
END
$$;

-- Counts one more count, by agency, or refuses: SQLSTATE EK104.
CREATE OR REPLACE FUNCTION take_target_count() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    who text := coalesce('agency ' || acting_agency(), 'user ' || acting_user());
    most integer := (SELECT (value #>> '{}')::integer FROM setting WHERE key = 'targets.counts_per_hour');
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('ekasih.target_count', hashtext(who)));
    DELETE FROM target_count WHERE asked_by = who AND at <= clock_timestamp() - interval '1 hour';
    IF (SELECT count(*) FROM target_count WHERE asked_by = who) >= most THEN
        RAISE EXCEPTION 'too_many_counts' USING ERRCODE = 'EK104';
    END IF;
    INSERT INTO target_count (asked_by) VALUES (who);
END
$$;

-- A count to the nearest 5, none where it is below 10, as poverty/disclosure.py has it.
CREATE OR REPLACE FUNCTION rounded_count(n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT CASE WHEN n >= 10 THEN (n + 2) / 5 * 5 END $$;

-- Of one group the number of households by district and, as the area "", in all: exact for who sees persons, else rounded
-- to 5, areas below 10 left out and the whole below 10 NULL. What is sensitive is told by state.
CREATE OR REPLACE FUNCTION shown_counts(asked jsonb, on_day date, reach text[], catchments text[], rounded boolean)
RETURNS TABLE (area_code text, households bigint)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    WITH counted AS MATERIALIZED (
        SELECT CASE WHEN rounded AND conditions_sensitive(asked) THEN left(c.district_code, 2) ELSE c.district_code END AS code,
            sum(c.households)::bigint AS n
        FROM counts_meeting(within_catchments(asked, reach, catchments), on_day,
                            CASE WHEN catchments = '{}' THEN reach END) AS c
        GROUP BY 1
    )
    SELECT c.code, CASE WHEN rounded THEN rounded_count(c.n) ELSE c.n END FROM counted AS c
    WHERE NOT rounded OR rounded_count(c.n) IS NOT NULL
    UNION ALL
    SELECT '', CASE WHEN rounded THEN rounded_count(s.n) ELSE s.n END
    FROM (SELECT coalesce(sum(c.n), 0)::bigint AS n FROM counted AS c) AS s
$$;

-- The counts of conditions that somebody is putting together: SQLSTATE EK101 and EK104 as above.
CREATE OR REPLACE FUNCTION target_counts(asked jsonb, on_day date) RETURNS TABLE (area_code text, households bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp SET work_mem = '64MB'
AS $$
DECLARE
    reach text[] := target_reach();
BEGIN
    IF acting_user() IS NULL OR NOT may('build_targets') THEN
        RAISE EXCEPTION 'may not count' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF counts_as_agency() THEN
        IF conditions_sensitive(asked) THEN
            PERFORM require_whole_states(within_catchments(asked, reach, acting_catchments()), reach);
        END IF;
        PERFORM take_target_count();
    END IF;
    RETURN QUERY SELECT c.area_code, c.households
        FROM shown_counts(asked, on_day, reach, acting_catchments(), counts_as_agency()) AS c;
END
$$;

-- Whether who is acting covers all of some states: then a group of these is theirs to approve.
CREATE OR REPLACE FUNCTION covers_states(asked text[]) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT nationwide() OR (cardinality(asked) > 0 AND NOT EXISTS (
        SELECT FROM unnest(asked) AS s (code) WHERE NOT covers_state(s.code)))
$$;

-- Whether a group is the own: of the own agency, or made by who is acting and of no agency.
CREATE OR REPLACE FUNCTION own_target(agency integer, maker bigint) RETURNS boolean LANGUAGE sql STABLE
AS $$
    SELECT ekasih.may('build_targets') AND (
        coalesce(agency = ekasih.acting_agency(), false) OR ekasih.acting_agency() IS NULL AND maker = ekasih.acting_user())
$$;

CREATE POLICY read_own ON target_group FOR SELECT TO app_web USING (own_target(agency_id, made_by));
CREATE POLICY read_to_approve ON target_group FOR SELECT TO app_web
USING ((SELECT may('approve_targets') AND acting_agency() IS NULL) AND state <> 'draf' AND covers_states(states));
CREATE POLICY make ON target_group FOR INSERT TO app_web
WITH CHECK ((SELECT may('build_targets')) AND made_by = (SELECT acting_user())
            AND agency_id IS NOT DISTINCT FROM coalesce((SELECT acting_agency()), agency_id) AND state = 'draf');
CREATE POLICY change_draft ON target_group FOR UPDATE TO app_web
USING (state = 'draf' AND own_target(agency_id, made_by)) WITH CHECK (state = 'draf' AND own_target(agency_id, made_by));
CREATE POLICY drop_draft ON target_group FOR DELETE TO app_web USING (state = 'draf' AND own_target(agency_id, made_by));
GRANT SELECT, DELETE ON target_group TO app_web;
GRANT INSERT (agency_id, name, purpose, conditions, polygon, on_date, fields, made_by),
    UPDATE (name, purpose, conditions, polygon, on_date, fields, version) ON target_group TO app_web;

-- what is written down of a group belongs to no district; who wrote it may read it back
CREATE POLICY read_own_targets ON audit_log FOR SELECT TO app_web
USING (subject = 'target_group' AND actor_id = (SELECT acting_user()));

-- A group in the state from which a step goes, locked, or the step is refused: SQLSTATE EK100.
CREATE OR REPLACE FUNCTION target_in(asked bigint, before text) RETURNS target_group
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    found target_group;
BEGIN
    SELECT * INTO found FROM target_group AS g WHERE g.id = asked FOR UPDATE;
    IF found.id IS NULL OR NOT (own_target(found.agency_id, found.made_by)
            OR may('approve_targets') AND acting_agency() IS NULL AND found.state <> 'draf' AND covers_states(found.states)) THEN
        RAISE EXCEPTION 'no such target group' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF found.state <> before THEN
        RAISE EXCEPTION 'target_step_illegal' USING ERRCODE = 'EK100';
    END IF;
    RETURN found;
END
$$;

-- The maker asks for approval: what it reaches now says who approves. Twenty letters of purpose: SQLSTATE EK003.
CREATE OR REPLACE FUNCTION ask_target(asked bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp SET work_mem = '64MB'
AS $$
DECLARE
    found target_group := target_in(asked, 'draf');
    whole jsonb := target_whole(found.conditions, found.polygon);
    reach text[] := target_reach();
    reached text[];
BEGIN
    IF NOT own_target(found.agency_id, found.made_by) THEN
        RAISE EXCEPTION 'not the own target group' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF length(regexp_replace(found.purpose, '[^[:alpha:]]', '', 'g')) < 20 THEN
        RAISE EXCEPTION 'reason_missing' USING ERRCODE = 'EK003';
    END IF;
    IF counts_as_agency() AND conditions_sensitive(whole) THEN
        PERFORM require_whole_states(within_catchments(whole, reach, acting_catchments()), reach);
    END IF;
    SELECT coalesce(array_agg(DISTINCT left(c.district_code, 2)), '{}') INTO reached
    FROM counts_meeting(within_catchments(whole, reach, acting_catchments()), found.on_date,
                        CASE WHEN acting_catchments() = '{}' THEN reach END) AS c;
    UPDATE target_group AS g
    SET state = 'dipohon', asked_at = now(), districts = reach, catchments = acting_catchments(), states = reached,
        version = g.version + 1,
        counts = (SELECT coalesce(jsonb_object_agg(c.area_code, c.households), '{}')
                  FROM shown_counts(whole, found.on_date, reach, acting_catchments(), true) AS c)
    WHERE g.id = asked;
END
$$;

-- Approves or refuses: another person (SQLSTATE EK102), of the whole state; for two states or more of the whole country
-- (EK103); a refusal with its reason (EK003).
CREATE OR REPLACE FUNCTION decide_target(asked bigint, approved boolean, why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    found target_group := target_in(asked, 'dipohon');
BEGIN
    IF NOT may('approve_targets') OR acting_agency() IS NOT NULL THEN
        RAISE EXCEPTION 'may not approve' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF found.made_by = acting_user() THEN
        RAISE EXCEPTION 'target_own' USING ERRCODE = 'EK102';
    END IF;
    IF cardinality(found.states) <> 1 AND NOT nationwide() OR NOT covers_states(found.states) THEN
        RAISE EXCEPTION 'target_national' USING ERRCODE = 'EK103';
    END IF;
    IF NOT approved AND coalesce(btrim(why), '') = '' THEN
        RAISE EXCEPTION 'reason_missing' USING ERRCODE = 'EK003';
    END IF;
    UPDATE target_group AS g
    SET state = CASE WHEN approved THEN 'diluluskan' ELSE 'ditolak' END, decided_by = acting_user(), decided_at = now(),
        reason = nullif(btrim(why), ''), version = g.version + 1
    WHERE g.id = asked;
END
$$;

-- Freezes an approved list: its households as their records are now, in the states that were approved and no other.
CREATE OR REPLACE FUNCTION freeze_target(asked bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp SET work_mem = '64MB'
AS $$
DECLARE
    found target_group := target_in(asked, 'diluluskan');
    days integer := (SELECT (value #>> '{}')::integer FROM setting WHERE key = 'targets.days');
    within text[] := ARRAY(SELECT a.code FROM area AS a
                           WHERE a.level = 'district' AND a.state_code = ANY (found.states)
                               AND (found.districts IS NULL OR found.catchments <> '{}' OR a.code = ANY (found.districts)));
    n bigint;
BEGIN
    INSERT INTO target_group_household (group_id, file_no, household_id, district_code, status, per_capita_rm, version)
    SELECT asked, h.file_no, h.id, h.district_code, h.status, h.per_capita_rm, h.version
    FROM household AS h
    JOIN households_meeting(
        within_catchments(target_whole(found.conditions, found.polygon), found.districts, found.catchments),
        found.on_date, within) AS m (id) ON m.id = h.id;
    GET DIAGNOSTICS n = ROW_COUNT;
    UPDATE target_group AS g
    SET state = 'beku', frozen_at = now(), expires_on = current_date + days, households = n, version = g.version + 1
    WHERE g.id = asked;
    RETURN n;
END
$$;

-- Closes the lists whose time is over; how many. Their counts stay.
CREATE OR REPLACE FUNCTION expire_targets() RETURNS integer
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    closed integer;
BEGIN
    UPDATE target_group SET state = 'luput', version = version + 1 WHERE state = 'beku' AND expires_on < current_date;
    GET DIAGNOSTICS closed = ROW_COUNT;
    DELETE FROM target_group_household AS h USING target_group AS g WHERE g.id = h.group_id AND g.state = 'luput';
    RETURN closed;
END
$$;

-- What a record says in the fields that were approved, by their names.
CREATE OR REPLACE FUNCTION field_values_sql(fields text[]) RETURNS text
LANGUAGE sql STABLE
AS $$
    SELECT coalesce('jsonb_build_object(' || string_agg(format('%L, %s', f.name,
        CASE k.kind WHEN 'age' THEN 'years_old(kir.birth_date, $3)' ELSE format(k.source, 'kir') END), ', ') || ')',
        '''{}''::jsonb')
    FROM unnest(fields) AS f (name) CROSS JOIN LATERAL condition_field(f.name) AS k
    WHERE k.kind <> 'aid'
$$;

-- A frozen list for the agency it was approved for, and who approved it, until it closes (SQLSTATE EK105).
CREATE OR REPLACE FUNCTION open_list(asked bigint) RETURNS target_group
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    found target_group;
BEGIN
    SELECT * INTO found FROM target_group AS g WHERE g.id = asked;
    IF found.id IS NULL OR NOT (own_target(found.agency_id, found.made_by)
            OR may('approve_targets') AND acting_agency() IS NULL AND covers_states(found.states)) THEN
        RAISE EXCEPTION 'no such target group' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF found.state <> 'beku' OR found.expires_on < current_date THEN
        RAISE EXCEPTION 'target_list_closed' USING ERRCODE = 'EK105';
    END IF;
    RETURN found;
END
$$;

-- The households of a frozen list, in the order of their file numbers after one.
CREATE OR REPLACE FUNCTION target_list(asked bigint, after text, most integer)
RETURNS TABLE (file_no text, head_name text, id_no text, address text, village text, postcode text, town text, phone text,
               longitude double precision, latitude double precision, accuracy_m integer, district_code text, status text,
               per_capita_rm numeric, version integer, more jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    found target_group := open_list(asked);
BEGIN
    RETURN QUERY EXECUTE format('
        SELECT t.file_no, h.head_name,
            CASE kir.id_kind WHEN ''mykad'' THEN ''######-##-'' ELSE repeat(''#'', greatest(length(kir.id_no) - 4, 0)) END
                || right(kir.id_no, 4),
            h.address, h.village, h.postcode, h.town, h.phone, ST_X(h.geom), ST_Y(h.geom), h.geom_accuracy_m,
            t.district_code, t.status, t.per_capita_rm, t.version, coalesce(%s, ''{}'')
        FROM (SELECT t.* FROM target_group_household AS t
              WHERE t.group_id = $1 AND t.file_no > $2 ORDER BY t.file_no LIMIT $4) AS t
        LEFT JOIN household AS h ON h.id = t.household_id
        LEFT JOIN person AS kir ON kir.household_id = h.id AND kir.is_head
        ORDER BY t.file_no', field_values_sql(found.fields))
        USING asked, coalesce(after, ''), found.on_date, most;
END
$$;

-- Where the households of a frozen list are, in a part of the map, with their status as it was frozen: one by one where they
-- are few, else clustered on a grid of cells, the fullest first. Points are those of the records as they are now.
CREATE OR REPLACE FUNCTION target_points(asked bigint, part geometry, cell double precision, few integer, most integer)
RETURNS TABLE (lon double precision, lat double precision, n bigint, tegar bigint, miskin bigint, mudah_miskin bigint,
               terkeluar bigint, status text, accuracy_m integer, together boolean, total bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    PERFORM open_list(asked);
    RETURN QUERY
    WITH seen AS MATERIALIZED (
        SELECT t.status, h.geom_accuracy_m AS accuracy, ST_X(h.geom) AS x, ST_Y(h.geom) AS y, count(*) OVER () AS total
        FROM target_group_household AS t JOIN household AS h ON h.id = t.household_id
        WHERE t.group_id = asked AND h.geom && part
    )
    SELECT avg(s.x), avg(s.y), count(*), count(*) FILTER (WHERE s.status = 'tegar'),
        count(*) FILTER (WHERE s.status = 'miskin'), count(*) FILTER (WHERE s.status = 'mudah_miskin'),
        count(*) FILTER (WHERE s.status = 'terkeluar'), CASE WHEN count(*) = 1 THEN min(s.status) END, max(s.accuracy),
        max(s.x) - min(s.x) + max(s.y) - min(s.y) < 0.000001, min(s.total)
    FROM seen AS s
    GROUP BY CASE WHEN s.total <= few THEN s.x ELSE round(s.x / cell) END,
        CASE WHEN s.total <= few THEN s.y ELSE round(s.y / cell) END
    ORDER BY 3 DESC, 1, 2
    LIMIT most;
END
$$;

REVOKE ALL ON FUNCTION target_reach(), require_whole_states(jsonb, text[]), take_target_count(),
    shown_counts(jsonb, date, text[], text[], boolean), target_counts(jsonb, date), target_in(bigint, text), ask_target(bigint),
    decide_target(bigint, boolean, text), freeze_target(bigint), expire_targets(), field_values_sql(text[]),
    open_list(bigint), target_list(bigint, text, integer), target_points(bigint, geometry, double precision, integer, integer)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION target_reach(), target_counts(jsonb, date), ask_target(bigint), decide_target(bigint, boolean, text),
    freeze_target(bigint), target_list(bigint, text, integer),
    target_points(bigint, geometry, double precision, integer, integer) TO app_web;
