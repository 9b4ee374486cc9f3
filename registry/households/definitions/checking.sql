-- The assisted check: whether somebody is in the register, found by what is said at a counter or on the telephone.
-- A typed word with a slip is put right among the words that occur; whole words are then looked up in an array index,
-- so that no list of alike names is ever read through.

-- The words of the register nearest to a typed one, itself first where it occurs.
CREATE OR REPLACE FUNCTION words_alike(asked_kind text, asked text) RETURNS text[]
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp SET pg_trgm.similarity_threshold = 0.3
AS $$
    SELECT coalesce(array_agg(found.word ORDER BY found.likeness DESC), '{}')
    FROM (SELECT DISTINCT s.word, similarity(s.word, asked) AS likeness
          FROM search_word AS s
          WHERE s.kind = asked_kind AND s.word % asked
          ORDER BY 2 DESC, s.word LIMIT 12) AS found
$$;

-- Households with a member whose name holds all the words, each as typed or put right: as typed first, and only where
-- that finds little, put right. Reads at most some hundreds of rows whatever the size of the register.
CREATE OR REPLACE FUNCTION households_by_words(asked_kind text, words text[])
RETURNS TABLE (household_id bigint, likeness real)
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    whole text := array_to_string(words, ' ');
    source text := CASE asked_kind
        WHEN 'name' THEN 'SELECT p.household_id, similarity(p.name_key, $1) AS likeness FROM person AS p WHERE %s LIMIT %s'
        ELSE 'SELECT h.id, similarity(array_to_string(address_words(h.address, h.village, h.town, h.postcode), '' ''), $1)
              AS likeness FROM household AS h WHERE %s LIMIT %s' END;
    held text := CASE asked_kind
        WHEN 'name' THEN 'person_words(p.name_key, p.district_code)'
        ELSE 'address_words(h.address, h.village, h.town, h.postcode)' END;
    alike text;
    found bigint;
BEGIN
    RETURN QUERY EXECUTE
        'SELECT f.* FROM (' || format(source, format('%s @> %L::text[]', held, words), 400) || ') AS f
         ORDER BY 2 DESC LIMIT 20' USING whole;
    GET DIAGNOSTICS found = ROW_COUNT;
    IF found >= 5 THEN
        RETURN;
    END IF;
    SELECT string_agg(format('%s && %L::text[]', held, words_alike(asked_kind, word)), ' AND ') INTO alike
    FROM unnest(words) AS word;
    RETURN QUERY EXECUTE
        'SELECT f.* FROM (' || format(source, alike, 600) || ') AS f ORDER BY 2 DESC LIMIT 20' USING whole;
END
$$;

-- What the parts of a question match, each at most some twenty records.
CREATE OR REPLACE FUNCTION records_asked_for(numbers text[], asked_phone text, names text[], address text[])
RETURNS TABLE (household_id bigint, matched_by text, likeness real)
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF cardinality(numbers) > 0 THEN
        RETURN QUERY
            SELECT p.household_id, 'id_no', CASE WHEN p.id_no = numbers[1] THEN 1.0 ELSE 0.9 END::real
            FROM person AS p WHERE p.id_no = ANY (numbers) LIMIT 20;
    END IF;
    IF asked_phone IS NOT NULL THEN
        RETURN QUERY SELECT h.id, 'phone', 1.0::real FROM household AS h WHERE h.phone_key = asked_phone LIMIT 20;
    END IF;
    IF cardinality(names) > 0 THEN
        RETURN QUERY SELECT f.household_id, 'name', f.likeness FROM households_by_words('name', names) AS f;
    END IF;
    IF cardinality(address) > 0 THEN
        RETURN QUERY SELECT f.household_id, 'address', f.likeness FROM households_by_words('address', address) AS f;
    END IF;
END
$$;

-- Counts one more person looked up by who is acting, or refuses: SQLSTATE EK010. Checks of one account take turns, so
-- that many at once are counted one by one. A decision may look up a whole family, or a meeting's, at once, yet no more
-- in a day than anybody.
CREATE OR REPLACE FUNCTION take_check(many_at_once boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    most_a_minute integer := coalesce((SELECT (value #>> '{}')::integer FROM setting WHERE key = 'checking.per_minute'), 30);
    most_a_day integer := coalesce((SELECT (value #>> '{}')::integer FROM setting WHERE key = 'checking.per_day'), 1000);
    a_minute bigint;
    a_day bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('ekasih.check', acting_user()));
    SELECT count(*) FILTER (WHERE a.at > clock_timestamp() - interval '1 minute'), count(*) INTO a_minute, a_day
    FROM audit_log AS a
    WHERE a.action = 'check_status' AND a.actor_id = acting_user() AND a.at > clock_timestamp() - interval '1 day'
        AND a.after ->> 'again' IS NULL;
    IF a_day >= most_a_day OR (a_minute >= most_a_minute AND NOT many_at_once) THEN
        RAISE EXCEPTION 'too_many_checks' USING ERRCODE = 'EK010';
    END IF;
END
$$;

-- Where one identity number is registered, for who types it into a form, decides or searches: the check's permission,
-- limit and log. Nothing where it is nowhere. key is the check's keyed hash of the number. The same number is looked up
-- again at no count: by the same account within a day, which is no new entry either, and for the same case, whoever asks.
CREATE OR REPLACE FUNCTION look_up_number(asked text, key text, purpose text, of_case bigint, apart_from bigint)
RETURNS TABLE (own boolean, household_id bigint, file_no text, district_code text, district_name text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    case_district text := (SELECT c.district_code FROM case_file AS c WHERE c.id = of_case);
    allowed boolean := CASE purpose
        WHEN 'draft' THEN may('register') AND may('check_status') AND in_territory(case_district)
        WHEN 'decide' THEN (may('decide') OR may('cleanse')) AND in_territory(case_district)
        WHEN 'edit' THEN may('edit_households') OR may('request_changes') OR may('approve_changes')
        WHEN 'search' THEN sees_persons()
        WHEN 'audit' THEN may('read_audit')
        ELSE false END;
    known boolean;
    mine integer;
    everywhere integer;
BEGIN
    IF acting_user() IS NULL OR NOT allowed THEN
        RAISE EXCEPTION 'may not look up' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('ekasih.check', acting_user()));
    known := EXISTS (
        SELECT FROM audit_log AS a
        WHERE a.action = 'check_status' AND a.actor_id = acting_user() AND a.at > clock_timestamp() - interval '1 day'
            AND a.after ->> 'key' = look_up_number.key);
    SELECT count(*) FILTER (WHERE sees_persons() AND in_reach(h.district_code, h.catchment_codes)), count(*) INTO mine, everywhere
    FROM person AS p JOIN household AS h ON h.id = p.household_id
    WHERE p.id_no = asked AND h.id IS DISTINCT FROM apart_from;
    IF NOT known THEN
        known := of_case IS NOT NULL AND EXISTS (
            SELECT FROM audit_log AS a
            WHERE a.subject = 'case' AND a.subject_id = of_case AND a.action = 'check_status'
                AND a.after ->> 'key' = look_up_number.key);
        IF NOT known THEN
            PERFORM take_check(purpose = 'decide');
        END IF;
        INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, district_code, after)
        VALUES (acting_user(), acting_login(), 'check_status', CASE WHEN of_case IS NULL THEN 'check' ELSE 'case' END,
            of_case, case_district, jsonb_strip_nulls(jsonb_build_object('by', jsonb_build_array('id_no'), 'key', key,
                'for', purpose, 'own', mine, 'elsewhere', everywhere - mine, 'again', CASE WHEN known THEN true END)));
    END IF;
    RETURN QUERY
        SELECT found.own, CASE WHEN found.own THEN found.id END, CASE WHEN found.own THEN found.file_no END,
            found.district_code, district.name
        FROM (SELECT h.id, h.file_no, h.district_code, sees_persons() AND in_reach(h.district_code, h.catchment_codes) AS own
              FROM person AS p JOIN household AS h ON h.id = p.household_id
              WHERE p.id_no = asked AND h.id IS DISTINCT FROM apart_from) AS found
        JOIN area AS district ON district.code = found.district_code
        ORDER BY found.own DESC, found.district_code, found.id
        LIMIT 1;
END
$$;

-- Answers a check and writes it down, without what was typed: key is a keyed hash of it. Of the own territory the
-- household, for those who see persons; of elsewhere only that there is a record, and the district whose office holds
-- it. SQLSTATE EK010: too many checks in the last minute, or day.
CREATE OR REPLACE FUNCTION check_status(numbers text[], asked_phone text, names text[], address text[], key text)
RETURNS TABLE (household_id bigint, file_no text, head_name text, mukim_name text, district_code text,
               district_name text, own boolean, matched_by text, likeness real)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    ids bigint[];
    ways text[];
    degrees real[];
    answers integer;
    elsewhere integer;
BEGIN
    IF NOT may('check_status') OR acting_user() IS NULL THEN
        RAISE EXCEPTION 'may not check' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM take_check(false);
    SELECT array_agg(r.household_id), array_agg(r.matched_by), array_agg(r.likeness) INTO ids, ways, degrees
    FROM records_asked_for(numbers, asked_phone, names, address) AS r;
    RETURN QUERY
        SELECT found.id, found.file_no, found.head_name, mukim.name, found.district_code, district.name, true,
            found.matched_by, found.likeness
        FROM (SELECT DISTINCT ON (h.id) h.id, h.file_no, h.head_name, h.mukim_code, h.district_code, c.matched_by,
                  c.likeness
              FROM unnest(ids, ways, degrees) AS c (household_id, matched_by, likeness) JOIN household AS h ON h.id = c.household_id
              WHERE sees_persons() AND in_reach(h.district_code, h.catchment_codes)
              ORDER BY h.id, c.likeness DESC) AS found
        JOIN area AS district ON district.code = found.district_code
        LEFT JOIN area AS mukim ON mukim.code = found.mukim_code
        ORDER BY found.likeness DESC, found.id
        LIMIT 20;
    GET DIAGNOSTICS answers = ROW_COUNT;
    RETURN QUERY
        SELECT NULL::bigint, NULL::text, NULL::text, NULL::text, found.district_code, district.name, false,
            found.matched_by, found.likeness
        FROM (SELECT DISTINCT ON (h.district_code) h.district_code, c.matched_by, c.likeness
              FROM unnest(ids, ways, degrees) AS c (household_id, matched_by, likeness) JOIN household AS h ON h.id = c.household_id
              WHERE NOT (sees_persons() AND in_reach(h.district_code, h.catchment_codes))
                  AND c.likeness >= CASE WHEN c.matched_by IN ('name', 'address') THEN 0.5 ELSE 0.8 END
              ORDER BY h.district_code, c.likeness DESC) AS found
        JOIN area AS district ON district.code = found.district_code
        ORDER BY found.likeness DESC, found.district_code
        LIMIT 10;
    GET DIAGNOSTICS elsewhere = ROW_COUNT;
    INSERT INTO audit_log (actor_id, actor, action, subject, after)
    VALUES (acting_user(), acting_login(), 'check_status', 'check', jsonb_build_object(
        'by', to_jsonb(array_remove(ARRAY[
            CASE WHEN cardinality(numbers) > 0 THEN 'id_no' END, CASE WHEN asked_phone IS NOT NULL THEN 'phone' END,
            CASE WHEN cardinality(names) > 0 THEN 'name' END, CASE WHEN cardinality(address) > 0 THEN 'address' END],
            NULL)),
        'key', key, 'own', answers, 'elsewhere', elsewhere));
END
$$;

-- The household whose entries of the audit log are asked for, for who reads the log of its district: by its file number.
CREATE OR REPLACE FUNCTION audit_household(asked_file_no text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT h.id FROM household AS h
    WHERE h.file_no = asked_file_no AND may('read_audit')
        AND (nationwide() OR h.district_code = ANY (acting_districts()))
$$;

-- The same by the identity number of a member, which is looked up with the check's limit and log.
CREATE OR REPLACE FUNCTION audit_person(asked text, key text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    PERFORM look_up_number(asked, key, 'audit', NULL, NULL);
    RETURN (SELECT h.id FROM person AS p JOIN household AS h ON h.id = p.household_id
            WHERE p.id_no = asked AND (nationwide() OR h.district_code = ANY (acting_districts()))
            ORDER BY h.id LIMIT 1);
END
$$;

-- The same by the name of a member: some twenty households that have one named so or alike, with the check's permission to
-- be asked, limit and log. The same name is looked up again by the same account within a day at no count.
CREATE OR REPLACE FUNCTION audit_persons_named(names text[], key text) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    found bigint[];
BEGIN
    IF acting_user() IS NULL OR NOT may('read_audit') THEN
        RAISE EXCEPTION 'may not look up' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('ekasih.check', acting_user()));
    SELECT coalesce(array_agg(DISTINCT h.id), '{}') INTO found
    FROM households_by_words('name', names) AS f JOIN household AS h ON h.id = f.household_id
    WHERE f.likeness >= 0.5 AND (nationwide() OR h.district_code = ANY (acting_districts()));
    IF NOT EXISTS (
        SELECT FROM audit_log AS a
        WHERE a.action = 'check_status' AND a.actor_id = acting_user() AND a.at > clock_timestamp() - interval '1 day'
            AND a.after ->> 'key' = audit_persons_named.key) THEN
        PERFORM take_check(false);
        INSERT INTO audit_log (actor_id, actor, action, subject, after)
        VALUES (acting_user(), acting_login(), 'check_status', 'check', jsonb_build_object(
            'by', jsonb_build_array('name'), 'key', key, 'for', 'audit', 'own', cardinality(found), 'elsewhere', 0));
    END IF;
    RETURN QUERY SELECT unnest(found);
END
$$;

REVOKE ALL ON FUNCTION audit_household(text), audit_person(text, text), audit_persons_named(text[], text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_household(text), audit_person(text, text), audit_persons_named(text[], text) TO app_web;

-- The log entry of the newest check of who is acting, by which an answer can be told again; nothing where there is none.
CREATE OR REPLACE FUNCTION newest_check() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT a.id FROM audit_log AS a
    WHERE a.action = 'check_status' AND a.actor_id = acting_user() ORDER BY a.at DESC, a.id DESC LIMIT 1
$$;

-- When a check was made, by whom, and how many records it found: for who made it, and for an office that sees persons.
-- Of the person it was about nothing is known here, and nothing is told.
CREATE OR REPLACE FUNCTION check_told(entry bigint)
RETURNS TABLE (checked_at timestamptz, checked_by text, records integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT a.at, (SELECT u.display_name FROM app_user AS u WHERE u.id = a.actor_id),
        (a.after ->> 'own')::integer + (a.after ->> 'elsewhere')::integer
    FROM audit_log AS a
    WHERE a.id = entry AND a.action = 'check_status' AND a.subject = 'check' AND may('check_status')
        AND (a.actor_id = acting_user() OR sees_persons())
$$;

REVOKE ALL ON FUNCTION check_status(text[], text, text[], text[], text), words_alike(text, text),
    households_by_words(text, text[]), records_asked_for(text[], text, text[], text[]), take_check(boolean),
    look_up_number(text, text, text, bigint, bigint), newest_check(), check_told(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION check_status(text[], text, text[], text[], text),
    look_up_number(text, text, text, bigint, bigint), newest_check(), check_told(bigint) TO app_web;
