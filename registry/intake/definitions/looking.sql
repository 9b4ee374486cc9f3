-- What a form may be about: found by a job after it was kept, so that its sender learns nothing by how long it takes. Every look
-- is on an index and bounded; nothing of it grows with the register.

-- Whether two notices tell of one house: one name at places that do not contradict, or no name and one spot.
CREATE OR REPLACE FUNCTION tells_the_same(one intake, other intake) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT CASE
        WHEN one.kind = 'daftar' THEN one.name_key = other.name_key AND one.id_no = other.id_no
        WHEN one.name_key = other.name_key THEN
            CASE WHEN p.metres IS NOT NULL THEN p.metres <= 200 ELSE coalesce(one.place_key = other.place_key, true) END
        WHEN one.name_key IS NULL AND other.name_key IS NULL AND p.metres IS NULL THEN
            one.place_key = other.place_key AND upper(one.answers ->> 'address') = upper(other.answers ->> 'address')
        ELSE num_nonnulls(one.name_key, other.name_key) < 2 AND p.metres <= 50 END
    FROM (SELECT ST_Distance(one.geom::geography, other.geom::geography) AS metres) AS p
$$;

-- The form of the last 30 days that a new one says again, where somebody still has to decide on it.
CREATE OR REPLACE FUNCTION said_before(asked intake) RETURNS bigint
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT min(m.id)
    FROM (
        SELECT i.id FROM intake AS i WHERE i.district_code = asked.district_code AND i.name_key = asked.name_key
        UNION
        SELECT i.id FROM intake AS i
        WHERE asked.kind = 'maklum' AND asked.name_key IS NULL AND i.district_code = asked.district_code AND i.place_key = asked.place_key
        UNION
        SELECT i.id FROM intake AS i WHERE asked.kind = 'maklum' AND ST_DWithin(i.geom, asked.geom, 0.0006)
    ) AS near
    JOIN intake AS m ON m.id = near.id
    WHERE m.id < asked.id AND m.kind = asked.kind AND m.district_code = asked.district_code AND m.main_id IS NULL
        AND m.state IN ('baru', 'luar_kawasan', 'disaring') AND m.sent_at > asked.sent_at - interval '30 days'
        AND tells_the_same(asked, m)
$$;

-- Makes one piece of work of two forms that say the same.
CREATE OR REPLACE FUNCTION join_intake(asked bigint, into_main bigint) RETURNS void
LANGUAGE sql SET search_path = ekasih, public, pg_temp
AS $$
    UPDATE intake AS m SET told = m.told + i.told, urgent = m.urgent OR i.urgent, version = m.version + 1,
        due_on = CASE WHEN m.state <> 'disaring' THEN least(m.due_on, i.due_on) ELSE m.due_on END,
        geom = coalesce(m.geom, i.geom), name_key = coalesce(m.name_key, i.name_key)
    FROM intake AS i WHERE m.id = into_main AND i.id = asked;
    UPDATE intake AS i SET main_id = into_main WHERE i.id = asked OR i.main_id = asked;
    DELETE FROM intake_candidate AS c WHERE c.intake_id = asked OR c.other_id = asked;
$$;

-- The households that forms may be about, each with its reasons: the number, the telephone, within 200 m, the name with the day of
-- birth or the place. Names are looked up word by word in their district, then put right as the assisted check does.
CREATE OR REPLACE FUNCTION households_of_intakes(asked bigint[]) RETURNS TABLE (intake_id bigint, household_id bigint, reason text)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    WITH forms AS MATERIALIZED (
        SELECT i.id, i.kind, i.district_code, i.mukim_code, i.name_key, i.place_key, i.id_no, i.phone_key, i.geom,
            CASE WHEN cardinality(t.words) > 1 THEN t.words ELSE string_to_array(i.name_key, ' ') END AS words,
            born.days AS born
        FROM intake AS i
        -- what stands between a name and a father's name is written in many ways
        CROSS JOIN LATERAL (
            SELECT array_agg(w) AS words FROM unnest(string_to_array(i.name_key, ' ')) AS w
            WHERE w <> ALL (ARRAY['BIN', 'BINTI', 'BT', 'BTE', 'BTI', 'BN', 'BINTE', 'A/L', 'A/P', 'AL', 'AP', 'ANAK', 'AK', 'HAJI',
                                  'HJ', 'HAJAH', 'HJH'])) AS t
        -- the century that a MyKad does not tell is either
        CROSS JOIN LATERAL (
            SELECT array_remove(array_agg(read_date(century || substr(i.id_no, 1, 2) || '-' || substr(i.id_no, 3, 2) || '-'
                                                    || substr(i.id_no, 5, 2))), NULL) AS days
            FROM unnest(ARRAY['19', '20']) AS century WHERE i.id_no ~ '^\d{12}$') AS born
        WHERE i.id = ANY (asked)
    ), named AS MATERIALIZED (
        SELECT f.id, p.household_id, p.name_key, p.birth_date
        FROM forms AS f
        CROSS JOIN LATERAL (
            SELECT q.household_id, q.name_key, q.birth_date FROM person AS q
            WHERE q.birth_date = ANY (f.born) AND q.district_code = f.district_code
                AND (string_to_array(q.name_key, ' ') && f.words OR similarity(q.name_key, f.name_key) >= 0.5) LIMIT 60) AS p
        UNION
        SELECT f.id, p.household_id, p.name_key, p.birth_date
        FROM forms AS f
        CROSS JOIN LATERAL (
            SELECT q.household_id, q.name_key, q.birth_date
            FROM person AS q JOIN household AS h ON h.id = q.household_id
            WHERE person_words(q.name_key, q.district_code) @> (f.words || ('d' || f.district_code))
                AND (q.name_key = f.name_key OR village_key(h.village) = f.place_key) LIMIT 60) AS p
        UNION
        SELECT f.id, p.household_id, p.name_key, p.birth_date
        FROM forms AS f
        CROSS JOIN LATERAL households_by_words('name', f.words) AS w
        JOIN household AS h ON h.id = w.household_id AND h.district_code = f.district_code
        JOIN person AS p ON p.household_id = h.id AND similarity(p.name_key, f.name_key) >= 0.6
        WHERE w.likeness >= 0.6 AND cardinality(f.words) BETWEEN 2 AND 8
    )
    SELECT f.id, n.household_id, 'number' FROM forms AS f
    CROSS JOIN LATERAL (SELECT p.household_id FROM person AS p WHERE p.id_no = f.id_no LIMIT 20) AS n
    UNION
    SELECT f.id, n.id, 'phone' FROM forms AS f
    CROSS JOIN LATERAL (SELECT h.id FROM household AS h WHERE h.phone_key IN (f.phone_key, '6' || f.phone_key) LIMIT 20) AS n
    UNION
    SELECT f.id, n.id, 'near' FROM forms AS f
    CROSS JOIN LATERAL (
        SELECT h.id FROM household AS h
        WHERE ST_DWithin(h.geom, f.geom, 0.0025) AND h.geom_accuracy_m <= 200 AND h.exited_on IS NULL
            AND ST_Distance(h.geom::geography, f.geom::geography) <= 200
        ORDER BY h.geom <-> f.geom LIMIT 20) AS n
    UNION
    SELECT f.id, n.household_id,
        CASE WHEN n.birth_date = ANY (f.born) THEN 'name_birth'
             WHEN h.mukim_code = f.mukim_code OR village_key(h.village) = f.place_key THEN 'name_place' ELSE 'name' END
    FROM named AS n
    JOIN forms AS f ON f.id = n.id
    JOIN household AS h ON h.id = n.household_id
    WHERE n.birth_date = ANY (f.born) OR village_key(h.village) = f.place_key
        OR n.name_key = f.name_key AND (f.kind = 'daftar' OR f.mukim_code IS NULL OR h.mukim_code IS NULL OR h.mukim_code = f.mukim_code)
$$;

-- The open cases and the other forms of the last 30 days that forms may be about.
CREATE OR REPLACE FUNCTION others_of_intakes(asked bigint[])
RETURNS TABLE (intake_id bigint, case_id bigint, other_id bigint, reason text)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    WITH forms AS MATERIALIZED (
        SELECT i.* FROM intake AS i WHERE i.id = ANY (asked)
    ), alike AS (
        SELECT f.id, i.id AS other, 'number' AS reason FROM forms AS f JOIN intake AS i ON i.id_no = f.id_no
        UNION
        SELECT f.id, i.id, 'phone' FROM forms AS f JOIN intake AS i ON i.phone_key = f.phone_key
        UNION
        SELECT f.id, i.id, 'name' FROM forms AS f
        JOIN intake AS i ON i.district_code = f.district_code AND i.name_key = f.name_key
        UNION
        SELECT f.id, i.id, 'place' FROM forms AS f
        JOIN intake AS i ON i.district_code = f.district_code AND i.place_key = f.place_key
        WHERE num_nonnulls(f.name_key, i.name_key) < 2
        UNION
        SELECT f.id, i.id, 'near' FROM forms AS f
        JOIN intake AS i ON ST_DWithin(i.geom, f.geom, 0.0025) AND ST_Distance(i.geom::geography, f.geom::geography) <= 200
    ), lately AS (
        SELECT a.id, i.id AS other, i.case_id, a.reason, i.state IN ('baru', 'luar_kawasan', 'disaring') AS is_open
        FROM alike AS a JOIN intake AS i ON i.id = a.other
        WHERE a.other <> a.id AND i.main_id IS NULL AND i.sent_at > now() - interval '30 days'
    )
    SELECT l.id, NULL::bigint, l.other, l.reason FROM lately AS l WHERE l.is_open
    UNION
    SELECT l.id, c.id, NULL, l.reason
    FROM lately AS l JOIN case_file AS c ON c.id = l.case_id JOIN case_state AS s ON s.code = c.state AND s.is_open
    UNION
    SELECT f.id, n.id, NULL, 'name' FROM forms AS f
    CROSS JOIN LATERAL (
        SELECT c.id FROM case_file AS c JOIN case_state AS s ON s.code = c.state AND s.is_open
        WHERE c.head_name ILIKE translate(f.name_key, '\%_', '') AND c.district_code = f.district_code LIMIT 20) AS n
$$;

-- Marks the forms of a telephone from which three or more came within a month; the words for it are the page's.
CREATE OR REPLACE FUNCTION mark_telephones(asked bigint[]) RETURNS void
LANGUAGE sql SET search_path = ekasih, public, pg_temp
AS $$
    WITH many AS (
        SELECT k.phone_key FROM (SELECT DISTINCT t.phone_key FROM intake_teller AS t WHERE t.intake_id = ANY (asked)) AS k
        JOIN intake_teller AS t ON t.phone_key = k.phone_key
        JOIN intake AS i ON i.id = t.intake_id AND i.sent_at > now() - interval '1 month'
        GROUP BY k.phone_key HAVING count(*) >= 3
    )
    UPDATE intake AS i SET marks = i.marks || '{telefon_kerap}'
    FROM many AS m JOIN intake_teller AS t ON t.phone_key = m.phone_key
    WHERE i.id = t.intake_id AND i.sent_at > now() - interval '1 month' AND NOT i.marks @> '{telefon_kerap}'
$$;

-- Looks at the forms that nobody looked at yet, at most so many: joins those that say the same, and keeps what the others may be
-- about. Answers how many there were.
CREATE OR REPLACE FUNCTION look_at_intakes(most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    fresh intake;
    earlier bigint;
    seen bigint[] := '{}';
    alone bigint[];
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('ekasih.intake.look', 0));
    FOR fresh IN SELECT i.* FROM intake AS i WHERE i.looked_at IS NULL ORDER BY i.id LIMIT most FOR UPDATE LOOP
        seen := seen || fresh.id;
        UPDATE intake AS i SET looked_at = clock_timestamp(),
            mukim_code = (SELECT a.mukim_code FROM areas_at(i.geom) AS a WHERE a.district_code = i.district_code)
        WHERE i.id = fresh.id;
        earlier := CASE WHEN fresh.state = 'baru' AND fresh.main_id IS NULL THEN said_before(fresh) END;
        IF earlier IS NOT NULL THEN
            PERFORM join_intake(fresh.id, earlier);
            INSERT INTO intake_step (intake_id, action, to_state) VALUES (fresh.id, 'berulang', 'baru');
            INSERT INTO audit_log (actor, action, subject, subject_id, district_code, after)
            VALUES ('system', 'join_intake', 'intake', fresh.id, fresh.district_code, jsonb_build_object('intake', earlier));
        END IF;
    END LOOP;
    alone := ARRAY(SELECT i.id FROM intake AS i WHERE i.id = ANY (seen) AND i.main_id IS NULL AND i.erased_on IS NULL);
    INSERT INTO intake_candidate (intake_id, household_id, district_code, reasons)
    SELECT f.intake_id, f.household_id, h.district_code, array_agg(DISTINCT f.reason ORDER BY f.reason)
    FROM households_of_intakes(alone) AS f JOIN household AS h ON h.id = f.household_id
    GROUP BY f.intake_id, f.household_id, h.district_code;
    INSERT INTO intake_candidate (intake_id, case_id, other_id, district_code, reasons)
    SELECT f.intake_id, f.case_id, f.other_id, coalesce(c.district_code, i.district_code), array_agg(DISTINCT f.reason ORDER BY f.reason)
    FROM others_of_intakes(alone) AS f
    LEFT JOIN case_file AS c ON c.id = f.case_id
    LEFT JOIN intake AS i ON i.id = f.other_id
    GROUP BY f.intake_id, f.case_id, f.other_id, 4;
    PERFORM mark_telephones(seen);
    RETURN cardinality(seen);
END
$$;

-- Empties what was marked as spam, found false or taken back more than 90 days ago, and forgets who told of notices that closed so
-- long ago: an empty row with its days stays. Answers how many were emptied.
CREATE OR REPLACE FUNCTION forget_intakes() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    gone bigint[];
BEGIN
    WITH over AS (
        SELECT i.id FROM intake AS i
        WHERE i.erased_on IS NULL AND i.state IN ('spam', 'palsu', 'tarik_balik') AND i.moved_on < current_date - 90
        ORDER BY i.moved_on LIMIT 5000
    )
    SELECT array_agg(w.id) INTO gone
    FROM (SELECT o.id FROM over AS o UNION SELECT i.id FROM intake AS i JOIN over AS o ON i.main_id = o.id) AS w;
    PERFORM empty_intakes(gone);
    DELETE FROM intake_teller AS t USING intake AS i, intake AS m
    WHERE i.id = t.intake_id AND i.kind = 'maklum' AND t.account IS NULL AND m.id = coalesce(i.main_id, i.id)
        AND m.state NOT IN ('baru', 'luar_kawasan', 'disaring') AND m.moved_on < current_date - 90;
    RETURN coalesce(cardinality(gone), 0);
END
$$;

CREATE OR REPLACE FUNCTION empty_intakes(gone bigint[]) RETURNS void
LANGUAGE sql SET search_path = ekasih, public, pg_temp
AS $$
    DELETE FROM intake_teller AS t WHERE t.intake_id = ANY (gone);
    DELETE FROM intake_candidate AS c WHERE c.intake_id = ANY (gone) OR c.other_id = ANY (gone);
    UPDATE intake_step AS s SET reason = '' WHERE s.intake_id = ANY (gone);
    UPDATE intake AS i SET answers = '{}', marks = '{}', name_key = NULL, place_key = NULL, id_no = NULL, phone = NULL,
        phone_key = NULL, geom = NULL, erased_on = current_date, looked_at = coalesce(i.looked_at, now())
    WHERE i.id = ANY (gone) AND i.erased_on IS NULL;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, district_code)
    SELECT acting_user(), acting_login(), 'erase_intake', 'intake', i.id, i.district_code FROM intake AS i WHERE i.id = ANY (gone);
$$;

REVOKE ALL ON FUNCTION tells_the_same(intake, intake), said_before(intake), join_intake(bigint, bigint),
    households_of_intakes(bigint[]), others_of_intakes(bigint[]), mark_telephones(bigint[]), look_at_intakes(integer),
    forget_intakes(), empty_intakes(bigint[]) FROM PUBLIC;
