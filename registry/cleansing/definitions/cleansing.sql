-- Pairs that may be one household, and the merge of two records that can be undone.

-- A household with all that is its own, as it stands: enough to put it back to the last digit.
CREATE OR REPLACE FUNCTION household_snapshot(asked_household bigint) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT jsonb_build_object(
        'household', to_jsonb(h) || jsonb_build_object('geom', encode(ST_AsEWKB(h.geom), 'hex')),
        'persons', (SELECT coalesce(jsonb_agg(to_jsonb(p) ORDER BY p.member_no, p.id), '[]')
                    FROM person AS p WHERE p.household_id = h.id),
        'incomes', (SELECT coalesce(jsonb_agg(to_jsonb(i) ORDER BY i.person_id, i.source), '[]')
                    FROM income AS i JOIN person AS p ON p.id = i.person_id WHERE p.household_id = h.id),
        'aid', (SELECT coalesce(jsonb_agg(to_jsonb(a) ORDER BY a.id), '[]')
                FROM aid_received AS a WHERE a.household_id = h.id),
        'decisions', (SELECT coalesce(jsonb_agg(to_jsonb(d) ORDER BY d.id), '[]')
                      FROM status_decision AS d WHERE d.household_id = h.id),
        'places', (SELECT coalesce(jsonb_agg(to_jsonb(l) || jsonb_build_object('geom', encode(ST_AsEWKB(l.geom), 'hex'))
                                             ORDER BY l.id), '[]')
                   FROM area_history AS l WHERE l.household_id = h.id),
        'flags', (SELECT coalesce(jsonb_agg(to_jsonb(f) ORDER BY f.id), '[]')
                  FROM quality_flag AS f WHERE f.household_id = h.id),
        'versions', (SELECT coalesce(jsonb_agg(to_jsonb(v) ORDER BY v.id), '[]')
                     FROM household_version AS v WHERE v.household_id = h.id),
        'exits', (SELECT coalesce(jsonb_agg(to_jsonb(e) ORDER BY e.id), '[]')
                  FROM household_exit AS e WHERE e.household_id = h.id))
    FROM household AS h
    WHERE h.id = asked_household
$$;

-- What tells whether a household was changed: all that people and decisions say of it, not what boundaries or nightly
-- checks work out.
CREATE OR REPLACE FUNCTION household_digest(asked_household bigint) RETURNS text
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT md5(((s.snapshot - ARRAY['flags', 'versions']) || jsonb_build_object('household', (s.snapshot -> 'household')
        - ARRAY['computed_district_code', 'computed_mukim_code', 'parliament_code', 'dun_code', 'catchment_codes',
                'outside_district_m', 'updated_at', 'updated_by']))::text)
    FROM (SELECT household_snapshot(asked_household) AS snapshot) AS s
$$;

-- Refuses who may not merge these two: both districts must be one's own.
CREATE OR REPLACE FUNCTION judge_merge(districts text[]) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF NOT may('cleanse') OR EXISTS (SELECT FROM unnest(districts) AS d (code) WHERE NOT in_territory(d.code)) THEN
        RAISE EXCEPTION 'may not merge' USING ERRCODE = 'insufficient_privilege';
    END IF;
END
$$;

-- Every table whose rows point at a household and are not part of its record: name, the column that holds its id, and
-- what to set so that a row points at another household ($2).
CREATE OR REPLACE FUNCTION links_to_household() RETURNS TABLE (name text, id_column text, assignments text)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT c.conrelid::regclass::text,
        max(own.attname) FILTER (WHERE theirs.attname = 'id'),
        string_agg(format('%I = %s', own.attname, CASE theirs.attname
            WHEN 'id' THEN '$2' ELSE format('(SELECT h.%I FROM household AS h WHERE h.id = $2)', theirs.attname) END), ', ')
    FROM pg_constraint AS c
    CROSS JOIN LATERAL unnest(c.conkey, c.confkey) AS key (own_no, their_no)
    JOIN pg_attribute AS own ON own.attrelid = c.conrelid AND own.attnum = key.own_no
    JOIN pg_attribute AS theirs ON theirs.attrelid = c.confrelid AND theirs.attnum = key.their_no
    WHERE c.contype = 'f' AND c.confrelid = 'household'::regclass
        AND c.conrelid <> ALL (ARRAY['person', 'aid_received', 'status_decision', 'area_history', 'quality_flag',
                                       'household_version', 'household_exit', 'aid_line', 'aid_claim', 'aid_row',
                                       'aid_pair']::regclass[])
        AND EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = c.conrelid AND a.attname = 'id')
    GROUP BY c.oid, c.conrelid
$$;

-- Takes a household out of the register in favour of another: what points at it points at the other one from now on.
-- Answers what was moved, by table and column, for putting it back.
CREATE OR REPLACE FUNCTION take_household_out(gone bigint, kept bigint) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    link record;
    ids jsonb;
    moved jsonb;
BEGIN
    PERFORM judge_merge(ARRAY(SELECT h.district_code FROM household AS h WHERE h.id IN (gone, kept)));
    IF EXISTS (SELECT FROM change_request AS r WHERE r.household_id = gone AND r.state = 'waiting') THEN
        RAISE EXCEPTION 'merge_blocked' USING ERRCODE = 'EK040', DETAIL = 'a change is still asked for';
    END IF;
    moved := jsonb_build_object('aid', move_aid(gone, kept));
    FOR link IN SELECT * FROM links_to_household() LOOP
        EXECUTE format('WITH changed AS (UPDATE %s SET %s WHERE %I = $1 RETURNING id) SELECT jsonb_agg(id) FROM changed',
                       link.name, link.assignments, link.id_column)
        INTO ids USING gone, kept;
        IF ids IS NOT NULL THEN
            moved := moved || jsonb_build_object(link.name || '.' || link.id_column, ids);
        END IF;
    END LOOP;
    PERFORM shift_months(gone, -1);
    DELETE FROM household WHERE id = gone;
    RETURN moved;
END
$$;

-- Puts a household back as its snapshot tells, with what pointed at it.
CREATE OR REPLACE FUNCTION put_household_back(snapshot jsonb, moved jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    link record;
    back bigint := (snapshot -> 'household' ->> 'id')::bigint;
BEGIN
    PERFORM judge_merge(ARRAY[snapshot -> 'household' ->> 'district_code']);
    INSERT INTO household SELECT (jsonb_populate_record(NULL::household, snapshot -> 'household')).*;
    INSERT INTO person SELECT * FROM jsonb_populate_recordset(NULL::person, snapshot -> 'persons');
    INSERT INTO income SELECT * FROM jsonb_populate_recordset(NULL::income, snapshot -> 'incomes');
    INSERT INTO aid_received SELECT * FROM jsonb_populate_recordset(NULL::aid_received, snapshot -> 'aid');
    INSERT INTO status_decision SELECT * FROM jsonb_populate_recordset(NULL::status_decision, snapshot -> 'decisions');
    INSERT INTO area_history SELECT * FROM jsonb_populate_recordset(NULL::area_history, snapshot -> 'places');
    INSERT INTO quality_flag SELECT * FROM jsonb_populate_recordset(NULL::quality_flag, snapshot -> 'flags');
    INSERT INTO household_version SELECT * FROM jsonb_populate_recordset(NULL::household_version, snapshot -> 'versions');
    INSERT INTO household_exit SELECT * FROM jsonb_populate_recordset(NULL::household_exit, snapshot -> 'exits');
    PERFORM give_aid_back(coalesce(moved -> 'aid', '{}'), back);
    PERFORM renew_worklists(ARRAY[back]);
    PERFORM shift_months(back, 1);
    FOR link IN SELECT l.*, l.name || '.' || l.id_column AS key FROM links_to_household() AS l
                WHERE moved ? (l.name || '.' || l.id_column) LOOP
        EXECUTE format('UPDATE %s SET %s WHERE id IN (SELECT e::bigint FROM jsonb_array_elements_text($1) AS e)',
                       link.name, link.assignments)
        USING moved -> link.key, back;
    END LOOP;
END
$$;

-- Gives the household that stays back what it was before a merge: its own columns, its members with their incomes, its
-- aid. Its number of the version, its decisions and places go on: history is never taken back.
CREATE OR REPLACE FUNCTION restore_household(snapshot jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    asked bigint := (snapshot -> 'household' ->> 'id')::bigint;
    own_columns text;
    person_columns text;
BEGIN
    PERFORM judge_merge(ARRAY[snapshot -> 'household' ->> 'district_code',
                              (SELECT h.district_code FROM household AS h WHERE h.id = asked)]);
    SELECT string_agg(quote_ident(attname), ', ') INTO own_columns FROM pg_attribute
    WHERE attrelid = 'household'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
        AND attname NOT IN ('id', 'version', 'updated_at', 'updated_by');
    SELECT string_agg(quote_ident(attname), ', ') INTO person_columns FROM pg_attribute
    WHERE attrelid = 'person'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attname <> 'id';
    EXECUTE format('UPDATE household SET (%1$s) = (SELECT %1$s FROM jsonb_populate_record(NULL::household, $1)) WHERE id = $2',
                   own_columns) USING snapshot -> 'household', asked;
    DELETE FROM person AS p WHERE p.household_id = asked AND p.id NOT IN (
        SELECT (e ->> 'id')::bigint FROM jsonb_array_elements(snapshot -> 'persons') AS e);
    EXECUTE format('UPDATE person AS p SET (%1$s) = (SELECT %1$s FROM jsonb_populate_record(NULL::person, e.value))
                    FROM jsonb_array_elements($1) AS e WHERE p.id = (e.value ->> ''id'')::bigint', person_columns)
    USING snapshot -> 'persons';
    DELETE FROM income AS i USING person AS p WHERE p.id = i.person_id AND p.household_id = asked;
    INSERT INTO income SELECT * FROM jsonb_populate_recordset(NULL::income, snapshot -> 'incomes');
    DELETE FROM aid_received WHERE household_id = asked;
    INSERT INTO aid_received SELECT * FROM jsonb_populate_recordset(NULL::aid_received, snapshot -> 'aid');
END
$$;

-- Pairs of which only one household lies in the territory of who asks: that there is another record, how alike, and
-- whose district holds it; nothing else about it.
CREATE OR REPLACE FUNCTION duplicates_elsewhere(row_limit integer)
RETURNS TABLE (candidate_id bigint, kind text, score numeric, household_id bigint, other_district text, total bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT d.id, d.kind, d.score, own.id, other.district_code, count(*) OVER ()
    FROM duplicate_candidate AS d
    JOIN household AS a ON a.id = d.household_a
    JOIN household AS b ON b.id = d.household_b
    CROSS JOIN LATERAL (SELECT CASE WHEN in_territory(a.district_code) THEN a.id ELSE b.id END AS id) AS own
    CROSS JOIN LATERAL (SELECT CASE WHEN own.id = a.id THEN b.district_code ELSE a.district_code END AS district_code)
        AS other
    WHERE d.state = 'open' AND may('cleanse') AND NOT nationwide()
        AND in_territory(a.district_code) <> in_territory(b.district_code)
    ORDER BY d.score DESC, d.id
    LIMIT row_limit
$$;

-- both records must be there for who asks: so a pair across districts is for those whose territory holds both
CREATE POLICY cleanse_own_area ON duplicate_candidate TO app_web
USING ((SELECT may('cleanse'))
       AND EXISTS (SELECT FROM household AS h WHERE h.id = duplicate_candidate.household_a)
       AND EXISTS (SELECT FROM household AS h WHERE h.id = duplicate_candidate.household_b));

CREATE POLICY cleanse_own_area ON household_merge TO app_web
USING ((SELECT may('cleanse')) AND ((SELECT nationwide()) OR (kept_district = ANY ((SELECT acting_districts())::text[])
       AND gone_district = ANY ((SELECT acting_districts())::text[]))));

-- a list of one's own districts, or of the state or country around them
CREATE POLICY read_cleansing ON cohort FOR SELECT TO app_web
USING ((SELECT may('cleanse')) AND ((SELECT nationwide()) OR area_code = 'MY' OR EXISTS (
    SELECT FROM area AS d
    WHERE d.level = 'district' AND d.code = ANY ((SELECT acting_districts())::text[])
        AND cohort.area_code IN (d.code, d.state_code))));
CREATE POLICY read_own_area ON cohort_member FOR SELECT TO app_web
USING ((SELECT may('cleanse'))
       AND ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[])));

GRANT SELECT ON duplicate_candidate, household_merge, cohort, cohort_member TO app_web;
GRANT UPDATE (state, decided_at, decided_by) ON duplicate_candidate TO app_web;
GRANT INSERT, UPDATE (undone_at, undone_by) ON household_merge TO app_web;
REVOKE ALL ON FUNCTION take_household_out(bigint, bigint), put_household_back(jsonb, jsonb), restore_household(jsonb),
    duplicates_elsewhere(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION take_household_out(bigint, bigint), put_household_back(jsonb, jsonb), restore_household(jsonb),
    duplicates_elsewhere(integer) TO app_web;
