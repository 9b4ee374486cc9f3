-- Referrals: who the parties are, who reads one, how one is sent, and the machine of its steps. told.sql says what the
-- receiver learns of the household or the project.

INSERT INTO setting (key, value, least, most, step) VALUES ('referrals.answer_days', '14', 1, 365, 1)
ON CONFLICT (key) DO UPDATE SET least = EXCLUDED.least, most = EXCLUDED.most, step = EXCLUDED.step;

DELETE FROM referral_transition;
INSERT INTO referral_transition (action, from_state, to_state, side, needs_words, codes) VALUES
    ('terima', 'dihantar', 'diterima', 'penerima', false, '{}'),
    ('tolak', 'dihantar', 'ditolak', 'penerima', true, '{}'),
    ('tolak', 'diterima', 'ditolak', 'penerima', true, '{}'),
    ('jawab', 'diterima', 'dijawab', 'penerima', true, '{setuju,tidak,sudah_dibantu,perlu_maklumat}'),
    -- what was asked back is given, and the question stands anew
    ('tambah', 'dijawab', 'diterima', 'pengirim', true, '{}'),
    ('tutup', 'dijawab', 'ditutup', 'pengirim', false, '{}'),
    ('catat', 'dihantar', 'dihantar', 'kedua', true, '{}'),
    ('catat', 'diterima', 'diterima', 'kedua', true, '{}'),
    ('catat', 'dijawab', 'dijawab', 'kedua', true, '{}');

-- The parties that who is acting speaks for, as referrals name them: an office; an agency with its offices for who works in
-- none of them; the country, a state, or districts for who belongs to no agency.
CREATE OR REPLACE FUNCTION referral_parties() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT CASE
        WHEN NOT may('refer') THEN '{}'::text[]
        WHEN acting_agency() IS NOT NULL THEN
            ARRAY(SELECT 'agensi:' || a.code FROM agency AS a WHERE a.id = acting_agency() AND acting_office() IS NULL)
            || ARRAY(SELECT 'pejabat:' || o.code FROM office AS o
                     WHERE o.agency_id = acting_agency() AND coalesce(o.code = acting_office(), true) ORDER BY o.code)
        WHEN NOT of_no_agency() THEN '{}'
        WHEN nationwide() THEN ARRAY['negara:MY']
        WHEN current_setting('app.role', true) = 'state_office' THEN
            ARRAY(SELECT DISTINCT 'negeri:' || left(code, 2) FROM unnest(acting_districts()) AS code ORDER BY 1)
        ELSE ARRAY(SELECT 'daerah:' || code FROM unnest(acting_districts()) AS code ORDER BY 1) END
$$;

-- How long the receiver is told of a referral: until 30 days after it was closed or refused.
CREATE OR REPLACE FUNCTION referral_is_told(closed_on date) RETURNS boolean LANGUAGE sql STABLE
AS $$ SELECT closed_on IS NULL OR current_date <= closed_on + 30 $$;

CREATE POLICY read_signed_in ON referral_transition FOR SELECT TO app_web USING ((SELECT signed_in()));
CREATE POLICY read_sent ON referral FOR SELECT TO app_web
USING (from_party = ANY ((SELECT referral_parties())::text[]));
CREATE POLICY read_received ON referral FOR SELECT TO app_web
USING (to_party = ANY ((SELECT referral_parties())::text[]) AND referral_is_told(closed_on));
CREATE POLICY read_with_referral ON referral_step FOR SELECT TO app_web
USING (EXISTS (SELECT FROM referral AS r WHERE r.id = referral_step.referral_id));
CREATE POLICY read_with_referral ON referral_file FOR SELECT TO app_web
USING ((step_id IS NOT NULL OR added_by = (SELECT acting_user()))
       AND EXISTS (SELECT FROM referral AS r WHERE r.id = referral_file.referral_id));
GRANT SELECT ON referral_transition, referral_step, referral_file TO app_web;
-- the numbers of the household and of the project are no part of what is handed over
GRANT SELECT (id, number, from_party, to_party, area_code, about, question, components, state, sent_on, due_on, answered_on,
    closed_on, decision, sent_by, version) ON referral TO app_web;

-- The party that a referral goes to: an agency is reached at its office for the place, as an application is.
CREATE OR REPLACE FUNCTION referral_receiver(asked_to text, place_district text, place_catchments text[]) RETURNS text
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT CASE split_part(asked_to, ':', 1)
        WHEN 'agensi' THEN (SELECT coalesce('pejabat:' || office_for(a.id, place_district, place_catchments), asked_to)
                            FROM agency AS a WHERE a.code = p.code)
        WHEN 'pejabat' THEN (SELECT asked_to FROM office AS o
                             WHERE o.code = p.code AND daterange(o.valid_from, o.valid_until, '[]') @> current_date)
        WHEN 'daerah' THEN (SELECT asked_to FROM area AS a WHERE a.code = p.code AND a.level = 'district')
        WHEN 'negeri' THEN (SELECT asked_to FROM area AS a WHERE a.code = p.code AND a.level = 'state')
        WHEN 'negara' THEN CASE WHEN p.code = 'MY' THEN asked_to END END
    FROM (SELECT split_part(asked_to, ':', 2) AS code) AS p
$$;

-- Sends a referral about a household or a project that who is acting reads, or about an area; answers its number.
CREATE OR REPLACE FUNCTION send_referral(asked_to text, asked_household bigint, asked_area text, asked_project text,
                                         asked_question text, asked_components text[]) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    mine text[] := referral_parties();
    home household;
    work project;
    place text := asked_area;
    place_catchments text[] := '{}';
    sender text := mine[1];
    receiver text;
    made referral;
BEGIN
    IF sender IS NULL OR acting_user() IS NULL THEN
        RAISE EXCEPTION 'referral_not_permitted' USING ERRCODE = 'EK220';
    END IF;
    IF asked_household IS NOT NULL THEN
        SELECT h.* INTO home FROM household AS h
        WHERE h.id = asked_household AND sees_persons() AND in_reach(h.district_code, h.catchment_codes);
        place := home.district_code;
        place_catchments := home.catchment_codes;
    ELSIF asked_project IS NOT NULL THEN
        SELECT p.* INTO work FROM project AS p WHERE p.number = asked_project AND reads_project(p);
        place := work.district_code;
        place_catchments := coalesce((SELECT a.catchment_codes FROM areas_at(ST_PointOnSurface(work.place)) AS a), '{}');
    END IF;
    IF num_nonnulls(asked_household, asked_area, asked_project) <> 1
        OR asked_household IS NOT NULL AND home.id IS NULL OR asked_project IS NOT NULL AND work.id IS NULL
        OR asked_area IS NOT NULL AND NOT EXISTS (SELECT FROM area AS a WHERE a.code = asked_area) THEN
        RAISE EXCEPTION 'referral_about' USING ERRCODE = 'EK222';
    END IF;
    receiver := referral_receiver(asked_to, place, place_catchments);
    -- who speaks for several districts speaks for the one that it is about
    IF 'daerah:' || place = ANY (mine) THEN
        sender := 'daerah:' || place;
    END IF;
    IF receiver IS NULL OR receiver = sender THEN
        RAISE EXCEPTION 'referral_receiver' USING ERRCODE = 'EK221';
    ELSIF btrim(coalesce(asked_question, '')) = '' OR (asked_area IS NOT NULL) <> (coalesce(asked_components, '{}') = '{}') THEN
        RAISE EXCEPTION 'referral_incomplete' USING ERRCODE = 'EK223';
    END IF;
    INSERT INTO referral (from_party, to_party, household_id, area_code, project_id, question, components, due_on, sent_by)
    VALUES (sender, receiver, home.id, asked_area, work.id, btrim(asked_question),
            ARRAY(SELECT DISTINCT c FROM unnest(coalesce(asked_components, '{}')) AS c ORDER BY c),
            due_within('referrals.answer_days'), acting_user())
    RETURNING * INTO made;
    INSERT INTO referral_step (referral_id, action, from_state, to_state, actor_id, actor, party, words)
    VALUES (made.id, 'hantar', '', 'dihantar', acting_user(), acting_login(), sender, made.question);
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, district_code, after)
    VALUES (acting_user(), acting_login(), 'send_referral', 'referral', made.id,
            CASE WHEN asked_area IS NULL THEN place END,
            jsonb_strip_nulls(jsonb_build_object('number', made.number, 'to', receiver, 'components', made.components,
                                                 'household', home.id, 'project', work.number)));
    RETURN made.number;
EXCEPTION WHEN check_violation THEN
    RAISE EXCEPTION 'referral_incomplete' USING ERRCODE = 'EK223';
END
$$;

-- Which side of a referral who is acting stands on: pengirim, penerima; none for who has nothing to do with it any more.
CREATE OR REPLACE FUNCTION referral_sides(asked referral) RETURNS text[]
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT array_remove(ARRAY[
        CASE WHEN asked.from_party = ANY (p.mine) THEN 'pengirim' END,
        CASE WHEN asked.to_party = ANY (p.mine) AND referral_is_told(asked.closed_on) THEN 'penerima' END], NULL)
    FROM (SELECT referral_parties() AS mine) AS p
$$;

-- The steps of a referral that who is acting may take now.
CREATE OR REPLACE FUNCTION allowed_referral_steps(asked_number text)
RETURNS TABLE (action text, to_state text, needs_words boolean, codes text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT t.action, t.to_state, t.needs_words, t.codes
    FROM referral AS r
    CROSS JOIN LATERAL (SELECT referral_sides(r) AS own) AS s
    JOIN referral_transition AS t ON t.from_state = r.state
    WHERE r.number = asked_number AND (t.side = ANY (s.own) OR t.side = 'kedua' AND s.own <> '{}')
        AND (t.action <> 'tambah' OR r.decision = 'perlu_maklumat')
    ORDER BY array_position(ARRAY['terima', 'jawab', 'tambah', 'tutup', 'catat', 'tolak'], t.action)
$$;

-- Takes a step of a referral as it was seen, and the files that who is acting laid by for it; answers the state that it came
-- into, none where who is acting knows no such referral.
CREATE OR REPLACE FUNCTION step_referral(asked_number text, seen_version integer, asked_action text, asked_decision text,
                                         asked_words text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    moved referral;
    sides text[];
    allowed referral_transition;
    made bigint;
BEGIN
    SELECT * INTO moved FROM referral AS r WHERE r.number = asked_number FOR UPDATE;
    sides := referral_sides(moved);
    IF moved.id IS NULL OR sides = '{}' THEN
        RETURN NULL;
    END IF;
    SELECT t.* INTO allowed FROM referral_transition AS t WHERE t.action = asked_action AND t.from_state = moved.state;
    IF seen_version <> moved.version THEN
        RAISE EXCEPTION 'stale' USING ERRCODE = 'EK019';
    ELSIF allowed IS NULL OR asked_action = 'tambah' AND moved.decision IS DISTINCT FROM 'perlu_maklumat' THEN
        RAISE EXCEPTION 'referral_step_illegal' USING ERRCODE = 'EK224', DETAIL = moved.state;
    ELSIF allowed.side <> 'kedua' AND NOT allowed.side = ANY (sides) THEN
        RAISE EXCEPTION 'referral_step_not_permitted' USING ERRCODE = 'EK225';
    ELSIF allowed.needs_words AND btrim(coalesce(asked_words, '')) = '' THEN
        RAISE EXCEPTION 'reason_missing' USING ERRCODE = 'EK003';
    ELSIF allowed.codes <> '{}' AND NOT coalesce(asked_decision = ANY (allowed.codes), false) THEN
        RAISE EXCEPTION 'referral_decision_missing' USING ERRCODE = 'EK226';
    END IF;
    INSERT INTO referral_step (referral_id, action, from_state, to_state, actor_id, actor, party, decision, words)
    VALUES (moved.id, asked_action, moved.state, allowed.to_state, acting_user(), acting_login(),
            CASE WHEN 'penerima' = ANY (sides) AND allowed.side <> 'pengirim' THEN moved.to_party ELSE moved.from_party END,
            CASE WHEN allowed.codes <> '{}' THEN asked_decision END, btrim(coalesce(asked_words, '')))
    RETURNING id INTO made;
    UPDATE referral_file AS f SET step_id = made
    WHERE f.referral_id = moved.id AND f.step_id IS NULL AND f.added_by = acting_user();
    UPDATE referral AS r SET state = allowed.to_state, version = r.version + 1,
        decision = CASE WHEN asked_action = 'jawab' THEN asked_decision ELSE r.decision END,
        due_on = CASE WHEN asked_action = 'tambah' THEN due_within('referrals.answer_days') ELSE r.due_on END,
        answered_on = CASE WHEN asked_action IN ('jawab', 'tolak') THEN current_date WHEN asked_action <> 'tambah' THEN r.answered_on END,
        closed_on = CASE WHEN asked_action IN ('tutup', 'tolak') THEN current_date ELSE r.closed_on END
    WHERE r.id = moved.id;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, district_code, after)
    SELECT acting_user(), acting_login(), 'step_referral', 'referral', moved.id, coalesce(h.district_code, w.district_code),
        jsonb_build_object('number', moved.number, 'step', asked_action, 'state', allowed.to_state, 'decision', asked_decision)
    FROM (SELECT moved.household_id AS id, moved.project_id) AS own
    LEFT JOIN household AS h ON h.id = own.id
    LEFT JOIN project AS w ON w.id = own.project_id;
    RETURN allowed.to_state;
END
$$;

-- Lays a file by for the next step of who is acting; answers its row. The file itself is kept outside of the database.
CREATE OR REPLACE FUNCTION add_referral_file(asked_number text, stored text, called text, asked_kind text, digest text, size integer)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    own referral;
    made bigint;
BEGIN
    SELECT * INTO own FROM referral AS r WHERE r.number = asked_number FOR UPDATE;
    IF own.id IS NULL OR referral_sides(own) = '{}' THEN
        RAISE EXCEPTION 'not_found' USING ERRCODE = 'EK065';
    ELSIF own.closed_on IS NOT NULL OR (SELECT count(*) FROM referral_file AS f WHERE f.referral_id = own.id) >= 40
        OR (SELECT count(*) FROM referral_file AS f WHERE f.referral_id = own.id AND f.step_id IS NULL
            AND f.added_by = acting_user()) >= 8 THEN
        RAISE EXCEPTION 'referral_file_refused' USING ERRCODE = 'EK227';
    END IF;
    INSERT INTO referral_file (referral_id, name, file_name, kind, sha256, bytes, added_by)
    VALUES (own.id, stored, left(called, 200), asked_kind, digest, size, acting_user())
    RETURNING id INTO made;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, after)
    VALUES (acting_user(), acting_login(), 'add_referral_file', 'referral', own.id,
            jsonb_build_object('number', own.number, 'file', made));
    RETURN made;
END
$$;

-- Takes back a file of who is acting that no step took along.
CREATE OR REPLACE FUNCTION drop_referral_file(asked_file bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    DELETE FROM referral_file AS f WHERE f.id = asked_file AND f.step_id IS NULL AND f.added_by = acting_user();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'not_found' USING ERRCODE = 'EK065';
    END IF;
END
$$;

-- What the party of a referral is called; what kind it is says its key.
CREATE OR REPLACE FUNCTION party_names(party text) RETURNS TABLE (name_ms text, name_en text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT coalesce(o.name_ms, a.name_ms, d.name), coalesce(o.name_en, a.name_en, d.name)
    FROM (SELECT split_part(party, ':', 1) AS kind, split_part(party, ':', 2) AS code) AS p
    LEFT JOIN office AS o ON p.kind = 'pejabat' AND o.code = p.code
    LEFT JOIN agency AS a ON p.kind = 'agensi' AND a.code = p.code
    LEFT JOIN area AS d ON p.kind IN ('daerah', 'negeri', 'negara') AND d.code = p.code
$$;

REVOKE ALL ON FUNCTION referral_parties(), referral_receiver(text, text, text[]), referral_sides(referral),
    send_referral(text, bigint, text, text, text, text[]), allowed_referral_steps(text),
    step_referral(text, integer, text, text, text), add_referral_file(text, text, text, text, text, integer),
    drop_referral_file(bigint), party_names(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION referral_parties(), send_referral(text, bigint, text, text, text, text[]), allowed_referral_steps(text),
    step_referral(text, integer, text, text, text), add_referral_file(text, text, text, text, text, integer),
    drop_referral_file(bigint), party_names(text) TO app_web;
