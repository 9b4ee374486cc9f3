-- The steps of an officer with what the public sent, each judged here: screened, made a case, joined, handed over, or marked.

-- The steps that there are, by the kind of form: what each comes into and what it needs beside itself.
CREATE OR REPLACE FUNCTION intake_moves() RETURNS TABLE (kind text, action text, to_state text, needs text)
LANGUAGE sql IMMUTABLE
AS $$
    VALUES ('daftar', 'saring', 'disaring', ''), ('maklum', 'saring', 'disaring', ''),
        ('daftar', 'tukar', 'ditukar', 'kes'), ('maklum', 'kes_dibuka', 'kes_dibuka', 'kes'),
        ('maklum', 'sudah_berdaftar', 'sudah_berdaftar', 'isi_rumah'),
        ('daftar', 'gabung', 'digabung', 'sasaran'), ('maklum', 'gabung', 'digabung', 'sasaran'),
        ('daftar', 'luar_kawasan', 'luar_kawasan', 'daerah'), ('maklum', 'luar_kawasan', 'luar_kawasan', 'daerah'),
        ('maklum', 'tidak_ditemui', 'tidak_ditemui', 'sebab'), ('maklum', 'palsu', 'palsu', 'sebab'),
        ('daftar', 'spam', 'spam', 'sebab'),
        ('daftar', 'padam', 'tarik_balik', 'sebab'), ('maklum', 'padam', 'tarik_balik', 'sebab')
$$;

-- The steps that who is acting may take now with a form.
CREATE OR REPLACE FUNCTION allowed_intake_steps(asked_reference text) RETURNS TABLE (action text, to_state text, needs text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT m.action, m.to_state, m.needs
    FROM intake AS i JOIN intake_moves() AS m ON m.kind = i.kind
    WHERE i.reference = asked_reference AND screens(i.district_code) AND i.main_id IS NULL
        AND i.state IN ('baru', 'luar_kawasan', 'disaring')
        AND (m.action <> 'saring' OR i.state <> 'disaring' OR i.assigned_to IS DISTINCT FROM acting_user())
$$;

-- The open case of a household, else a review that is asked for it and enters the queue.
CREATE OR REPLACE FUNCTION review_of_household(asked bigint) RETURNS bigint
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    found bigint;
BEGIN
    SELECT c.id INTO found FROM case_file AS c JOIN case_state AS s ON s.code = c.state AND s.is_open
    WHERE c.household_id = asked ORDER BY c.id DESC LIMIT 1;
    IF found IS NULL THEN
        INSERT INTO case_file (channel, district_code, mukim_code, household_id, head_name, created_by)
        SELECT 'review', h.district_code, h.mukim_code, h.id, h.head_name, acting_user()
        FROM household AS h WHERE h.id = asked
        RETURNING id INTO found;
        INSERT INTO case_step (case_id, action) VALUES (found, 'submit');
        INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, district_code, after)
        SELECT acting_user(), acting_login(), 'open_case', 'case', c.id, c.district_code, '{"channel": "review"}'
        FROM case_file AS c WHERE c.id = found;
    END IF;
    RETURN found;
END
$$;

-- Takes a step of a form as it was seen; answers the state that it came into, none where who is acting knows no such form. What a
-- form is made or joined to lies in the reach of who acts.
CREATE OR REPLACE FUNCTION step_intake(asked_reference text, seen_version integer, asked_action text, asked_reason text,
                                       asked_case bigint, asked_household bigint, asked_other text, asked_district text)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    moved intake;
    way record;
    home household;
    target bigint;
    joined intake;
BEGIN
    SELECT i.* INTO moved FROM intake AS i WHERE i.reference = asked_reference FOR UPDATE;
    IF moved.id IS NULL OR NOT screens(moved.district_code) OR acting_user() IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT m.* INTO way FROM intake_moves() AS m WHERE m.kind = moved.kind AND m.action = asked_action;
    IF seen_version <> moved.version THEN
        RAISE EXCEPTION 'stale' USING ERRCODE = 'EK019';
    ELSIF way IS NULL OR moved.main_id IS NOT NULL OR moved.state NOT IN ('baru', 'luar_kawasan', 'disaring') THEN
        RAISE EXCEPTION 'intake_step_illegal' USING ERRCODE = 'EK258', DETAIL = moved.state;
    ELSIF way.needs = 'sebab' AND btrim(coalesce(asked_reason, '')) = '' THEN
        RAISE EXCEPTION 'reason_missing' USING ERRCODE = 'EK003';
    END IF;
    SELECT c.id INTO target FROM case_file AS c JOIN case_state AS s ON s.code = c.state AND s.is_open
    WHERE c.id = asked_case AND way.needs IN ('kes', 'sasaran') AND in_territory(c.district_code);
    SELECT h.* INTO home FROM household AS h
    WHERE h.id = asked_household AND way.needs IN ('isi_rumah', 'sasaran') AND h.exited_on IS NULL
        AND in_reach(h.district_code, h.catchment_codes);
    SELECT i.* INTO joined FROM intake AS i
    WHERE i.reference = asked_other AND way.needs = 'sasaran' AND i.id <> moved.id AND i.main_id IS NULL AND i.kind = moved.kind
        AND i.state IN ('baru', 'luar_kawasan', 'disaring') AND screens(i.district_code);
    IF way.needs = 'kes' AND target IS NULL OR way.needs = 'isi_rumah' AND home.id IS NULL
        OR way.needs = 'sasaran' AND num_nonnulls(target, home.id, joined.id) <> 1
        OR way.needs = 'daerah' AND (asked_district IS NOT DISTINCT FROM moved.district_code
            OR NOT EXISTS (SELECT FROM area AS a WHERE a.code = asked_district AND a.level = 'district')) THEN
        RAISE EXCEPTION 'intake_target' USING ERRCODE = 'EK261';
    END IF;
    IF home.id IS NOT NULL AND (asked_action = 'gabung'
        OR coalesce(home.last_visit_on < current_date - interval '6 months', true)) THEN
        target := review_of_household(home.id);
    END IF;
    IF joined.id IS NOT NULL THEN
        PERFORM join_intake(moved.id, joined.id);
    END IF;
    UPDATE intake AS i SET state = way.to_state, version = i.version + 1, moved_on = current_date,
        case_id = coalesce(target, i.case_id), household_id = coalesce(home.id, i.household_id),
        district_code = CASE WHEN way.needs = 'daerah' THEN asked_district ELSE i.district_code END,
        mukim_code = CASE WHEN way.needs <> 'daerah' THEN i.mukim_code END,
        due_on = CASE WHEN way.needs = 'daerah' THEN intake_due(i.kind, i.urgent, asked_district) ELSE i.due_on END,
        looked_at = CASE WHEN way.needs <> 'daerah' THEN i.looked_at END,
        assigned_to = CASE WHEN way.needs <> 'daerah' THEN coalesce(CASE WHEN asked_action = 'saring' THEN acting_user() END,
                                                                   i.assigned_to) END
    WHERE i.id = moved.id;
    IF way.needs = 'daerah' THEN
        DELETE FROM intake_candidate AS c WHERE c.intake_id = moved.id;
        UPDATE intake AS i SET district_code = asked_district WHERE i.main_id = moved.id;
        PERFORM put_system_job('intake.look', '{}');
    ELSIF asked_action = 'padam' THEN
        PERFORM empty_intakes(ARRAY(SELECT i.id FROM intake AS i WHERE i.id = moved.id OR i.main_id = moved.id));
    END IF;
    INSERT INTO intake_step (intake_id, action, to_state, actor_id, reason)
    VALUES (moved.id, asked_action, way.to_state, acting_user(), without_numbers(btrim(coalesce(asked_reason, ''))));
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, district_code, after)
    VALUES (acting_user(), acting_login(), 'step_intake', 'intake', moved.id, moved.district_code,
            jsonb_strip_nulls(jsonb_build_object('step', asked_action, 'state', way.to_state, 'case', target, 'household', home.id,
                                                 'to', asked_district)));
    RETURN way.to_state;
END
$$;

-- What a community leader tells of, under the own account: kept as any other notice, for a district of the own.
CREATE OR REPLACE FUNCTION tell_notice(given jsonb, given_reference text, given_secret bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF acting_user() IS NULL OR NOT may('tell_notices') OR NOT in_territory(given ->> 'district') THEN
        RAISE EXCEPTION 'may not tell' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN send_intake('maklum', given || '{"who": "ketua_komuniti"}', given_reference, given_secret, acting_user());
END
$$;

-- The notices that who is acting told of, the latest first, before one of them: their states as any sender is shown them.
CREATE OR REPLACE FUNCTION told_notices(before_id bigint, most integer)
RETURNS TABLE (notice_id bigint, reference text, sent_on date, shown text, moved_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT i.id, i.reference, i.sent_at::date, s.shown, s.moved_on
    FROM (SELECT t.intake_id FROM intake_teller AS t
          WHERE t.account = acting_user() AND may('tell_notices') AND t.intake_id < coalesce(before_id, 9223372036854775807)
          ORDER BY t.intake_id DESC LIMIT most) AS own
    JOIN intake AS i ON i.id = own.intake_id
    CROSS JOIN LATERAL intake_shown(i) AS s
    ORDER BY i.id DESC
$$;

-- The districts elsewhere in which the number of a form is registered: no more than a check would tell.
CREATE OR REPLACE FUNCTION intake_elsewhere(asked_reference text) RETURNS TABLE (district_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT DISTINCT a.name
    FROM intake AS i
    JOIN intake_candidate AS c ON c.intake_id = i.id AND c.household_id IS NOT NULL AND 'number' = ANY (c.reasons)
    JOIN area AS a ON a.code = c.district_code
    WHERE i.reference = asked_reference AND screens(i.district_code) AND NOT in_territory(c.district_code)
    ORDER BY a.name
$$;

REVOKE ALL ON FUNCTION intake_moves(), allowed_intake_steps(text), review_of_household(bigint), tell_notice(jsonb, text, bytea),
    step_intake(text, integer, text, text, bigint, bigint, text, text), told_notices(bigint, integer), intake_elsewhere(text)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION allowed_intake_steps(text), step_intake(text, integer, text, text, bigint, bigint, text, text),
    tell_notice(jsonb, text, bytea), told_notices(bigint, integer), intake_elsewhere(text) TO app_web;
