-- What the public sends: how it comes in, who reads it, what its sender is shown. steps.sql moves it, looking.sql says what it
-- may be about.

-- Numbers of twelve digits and more, as identity numbers are, are not kept in words, whatever stands between their digits.
CREATE OR REPLACE FUNCTION without_numbers(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT regexp_replace(words, '\d(?:[ .-]{0,2}\d){11,}', '••••••••••••', 'g') $$;

CREATE OR REPLACE FUNCTION phone_digits(typed text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT nullif(regexp_replace(regexp_replace(typed, '\D', '', 'g'), '^60', '0'), '') $$;

-- A kampung or taman as it is compared: upper case, one blank, its kind written out.
CREATE OR REPLACE FUNCTION village_key(typed text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT nullif(regexp_replace(regexp_replace(btrim(regexp_replace(upper(typed), '[^A-Z0-9]+', ' ', 'g')),
                                                '^(KG|KPG|KAMPONG) ', 'KAMPUNG '), '^TMN ', 'TAMAN '), '')
$$;

-- By when somebody of the office is to take the first step.
CREATE OR REPLACE FUNCTION intake_due(asked_kind text, is_urgent boolean, district text) RETURNS date
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT CASE WHEN asked_kind = 'maklum' THEN current_date + CASE WHEN is_urgent THEN 1 ELSE 7 END
                ELSE working_day_after(CASE WHEN is_urgent THEN 1 ELSE 3 END, left(district, 2)) END
$$;

-- Keeps what was sent; reads nothing of the register. The codes are the sender's alone: of the secret only a keyed hash comes
-- here. The same form sent again, because its answer was lost, is kept once. False: the reference is another form's.
CREATE OR REPLACE FUNCTION send_intake(asked_kind text, given jsonb, given_reference text, given_secret bytea, by_account bigint)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    pressing boolean := CASE asked_kind
        WHEN 'daftar' THEN given -> 'urgent' ?| ARRAY['makanan', 'tempat_tinggal', 'rawatan', 'keselamatan']
        ELSE given -> 'seen' ?| ARRAY['tiada_makanan', 'rumah_tidak_selamat', 'anak_tidak_sekolah'] END;
    said jsonb;
    made bigint;
BEGIN
    SELECT coalesce(jsonb_object_agg(g.key, CASE WHEN jsonb_typeof(g.value) = 'string'
                                                 THEN to_jsonb(without_numbers(left(g.value #>> '{}', 600))) ELSE g.value END), '{}')
    INTO said
    FROM jsonb_each(given) AS g
    WHERE g.key = ANY (ARRAY['name', 'village', 'address', 'persons', 'under_18', 'over_60', 'disabled', 'income', 'urgent', 'seen',
                             'words', 'seen_on', 'consent', 'language'])
        AND g.value NOT IN ('null', '""', '[]');
    INSERT INTO intake (reference, secret_key, kind, district_code, urgent, answers, marks, name_key, place_key, id_no, phone,
        phone_key, geom, due_on)
    VALUES (given_reference, given_secret, asked_kind, given ->> 'district', coalesce(pressing, false), said,
        ARRAY(SELECT m FROM jsonb_array_elements_text(coalesce(given -> 'marks', '[]')) AS m
              WHERE m IN ('medan_tersembunyi', 'terlalu_pantas')),
        nullif(name_key(said ->> 'name'), ''), village_key(said ->> 'village'),
        nullif(upper(regexp_replace(given ->> 'id_no', '[^0-9A-Za-z]', '', 'g')), ''), nullif(btrim(given ->> 'phone'), ''),
        phone_digits(given ->> 'phone'),
        CASE WHEN given ->> 'latitude' IS NOT NULL AND given ->> 'longitude' IS NOT NULL THEN
            ST_SetSRID(ST_MakePoint((given ->> 'longitude')::double precision, (given ->> 'latitude')::double precision), 4326) END,
        intake_due(asked_kind, coalesce(pressing, false), given ->> 'district'))
    ON CONFLICT (reference) DO NOTHING
    RETURNING id INTO made;
    IF made IS NULL THEN
        RETURN EXISTS (SELECT FROM intake AS i WHERE i.reference = given_reference AND i.secret_key = given_secret);
    END IF;
    INSERT INTO intake_teller (intake_id, who, name, phone, phone_key, knows, account)
    VALUES (made, given ->> 'who', nullif(without_numbers(btrim(given ->> 'teller_name')), ''), nullif(btrim(given ->> 'teller_phone'), ''),
        phone_digits(given ->> 'teller_phone'), nullif(given ->> 'knows', ''), by_account);
    INSERT INTO intake_step (intake_id, action, to_state, actor_id) VALUES (made, 'hantar', 'baru', by_account);
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, district_code, after)
    VALUES (by_account, CASE WHEN by_account IS NULL THEN 'portal' ELSE acting_login() END, 'send_intake', 'intake', made,
        given ->> 'district', jsonb_build_object('kind', asked_kind));
    PERFORM put_system_job('intake.look', '{}');
    RETURN true;
EXCEPTION WHEN check_violation OR foreign_key_violation OR not_null_violation OR invalid_text_representation THEN
    RAISE EXCEPTION 'intake_incomplete' USING ERRCODE = 'EK257';
END
$$;

-- What the sender of a form is shown of how far it is: of the case that it became, or that it was joined to.
CREATE OR REPLACE FUNCTION intake_shown(asked intake) RETURNS TABLE (shown text, moved_on date)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT CASE
            WHEN asked.state = 'tarik_balik' THEN 'selesai'
            WHEN i.state IN ('baru', 'luar_kawasan', 'disaring') THEN 'diterima'
            WHEN c.state = 'recommended' AND asked.kind = 'daftar' THEN 'kumpulan_fokus'
            WHEN c.state IN ('active', 'rejected', 'exited', 'withdrawn') OR c.id IS NULL THEN 'selesai'
            ELSE 'disiasat' END,
        CASE WHEN asked.state = 'tarik_balik' THEN asked.moved_on
             ELSE greatest(asked.moved_on, i.moved_on,
                           (SELECT max(s.at)::date FROM case_step AS s WHERE s.case_id = c.id)) END
    FROM intake AS i
    LEFT JOIN case_file AS c ON c.id = i.case_id
    WHERE i.id = coalesce(asked.main_id, asked.id)
$$;

-- How far a form is, for who holds both of its codes; nothing for any other pair.
CREATE OR REPLACE FUNCTION follow_intake(given_reference text, given_secret bytea)
RETURNS TABLE (kind text, shown text, sent_on date, moved_on date, district_code text, may_take_back boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    INSERT INTO audit_log (actor, action, subject, subject_id, district_code)
    SELECT 'portal', 'follow_intake', 'intake', i.id, i.district_code
    FROM intake AS i WHERE i.reference = given_reference AND i.secret_key = given_secret;
    RETURN QUERY
        SELECT i.kind, s.shown, i.sent_at::date, s.moved_on, i.district_code,
            i.state IN ('baru', 'luar_kawasan', 'disaring') OR i.main_id IS NOT NULL AND s.shown = 'diterima' AND i.state <> 'tarik_balik'
        FROM intake AS i
        CROSS JOIN LATERAL intake_shown(i) AS s
        WHERE i.reference = given_reference AND i.secret_key = given_secret;
END
$$;

-- Takes a form back for who holds both of its codes, while nothing was decided; the next that says the same stands for the rest.
CREATE OR REPLACE FUNCTION take_back_intake(given_reference text, given_secret bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    own intake;
    heir bigint;
BEGIN
    SELECT i.* INTO own FROM intake AS i WHERE i.reference = given_reference AND i.secret_key = given_secret FOR UPDATE;
    IF own.id IS NULL OR own.state = 'tarik_balik' OR (SELECT s.shown FROM intake_shown(own) AS s) <> 'diterima' THEN
        RETURN false;
    END IF;
    SELECT min(i.id) INTO heir FROM intake AS i WHERE i.main_id = own.id AND i.state <> 'tarik_balik';
    UPDATE intake SET told = greatest(told - 1, 1) WHERE id = own.main_id;
    UPDATE intake AS i SET main_id = nullif(heir, i.id), state = CASE WHEN i.id = heir THEN own.state ELSE i.state END,
        told = CASE WHEN i.id = heir THEN greatest(own.told - 1, 1) ELSE i.told END,
        urgent = i.urgent OR i.id = heir AND own.urgent, assigned_to = CASE WHEN i.id = heir THEN own.assigned_to END,
        due_on = CASE WHEN i.id = heir THEN least(i.due_on, own.due_on) ELSE i.due_on END
    WHERE i.main_id = own.id AND heir IS NOT NULL;
    UPDATE intake SET state = 'tarik_balik', moved_on = current_date, version = version + 1 WHERE id = own.id;
    INSERT INTO intake_step (intake_id, action, to_state) VALUES (own.id, 'tarik_balik', 'tarik_balik');
    INSERT INTO audit_log (actor, action, subject, subject_id, district_code)
    VALUES ('portal', 'take_back_intake', 'intake', own.id, own.district_code);
    RETURN true;
END
$$;

-- Whether who is acting works on what the public sends to a district.
CREATE OR REPLACE FUNCTION screens(district text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$ SELECT may('register') AND sees_persons() AND in_territory(district) $$;

CREATE POLICY read_own_area ON intake FOR SELECT TO app_web
USING ((SELECT may('register') AND sees_persons())
       AND ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[])));
-- of a notice only who works on it learns who told, until it is closed; of a registration the office does
CREATE POLICY read_with_intake ON intake_teller FOR SELECT TO app_web
USING (EXISTS (SELECT FROM intake AS i WHERE i.id = intake_teller.intake_id
               AND (i.kind = 'daftar'
                    OR EXISTS (SELECT FROM intake AS m WHERE m.id = coalesce(i.main_id, i.id)
                               AND m.assigned_to = (SELECT acting_user()) AND m.state IN ('baru', 'luar_kawasan', 'disaring')))));
CREATE POLICY read_own_area ON intake_candidate FOR SELECT TO app_web
USING (((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[]))
       AND EXISTS (SELECT FROM intake AS i WHERE i.id = intake_candidate.intake_id));
CREATE POLICY read_with_intake ON intake_step FOR SELECT TO app_web
USING (EXISTS (SELECT FROM intake AS i WHERE i.id = intake_step.intake_id));
-- the secret of a sender is nobody's to read
GRANT SELECT (id, reference, kind, state, district_code, mukim_code, urgent, answers, marks, name_key, place_key, id_no, phone,
    phone_key, geom, main_id, told, case_id, household_id, assigned_to, sent_at, looked_at, due_on, moved_on, erased_on, version)
    ON intake TO app_web;
GRANT SELECT (intake_id, who, name, phone, knows) ON intake_teller TO app_web;
GRANT SELECT ON intake_candidate, intake_step TO app_web;
REVOKE ALL ON FUNCTION send_intake(text, jsonb, text, bytea, bigint), intake_shown(intake), follow_intake(text, bytea),
    take_back_intake(text, bytea), screens(text), intake_due(text, boolean, text) FROM PUBLIC;

-- What the portal may call: it sends, follows and takes back, and reads nothing.
CREATE OR REPLACE FUNCTION portal.send_intake(asked_kind text, given jsonb, given_reference text, given_secret bytea) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$ SELECT send_intake(asked_kind, given, given_reference, given_secret, NULL) $$;

CREATE OR REPLACE FUNCTION portal.follow_intake(given_reference text, given_secret bytea)
RETURNS TABLE (kind text, shown text, sent_on date, moved_on date, district_code text, may_take_back boolean)
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT f.kind, f.shown, f.sent_on, f.moved_on, f.district_code, f.may_take_back
    FROM follow_intake(given_reference, given_secret) AS f
$$;

CREATE OR REPLACE FUNCTION portal.take_back_intake(given_reference text, given_secret bytea) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$ SELECT take_back_intake(given_reference, given_secret) $$;

REVOKE ALL ON FUNCTION portal.send_intake(text, jsonb, text, bytea), portal.follow_intake(text, bytea),
    portal.take_back_intake(text, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal.send_intake(text, jsonb, text, bytea), portal.follow_intake(text, bytea),
    portal.take_back_intake(text, bytea) TO app_public;
