-- An application before it is sent in: opened as a draft, and changed by whoever may send it in.

-- What an application asks for, judged and completed for the household that it is for: who is aided, which agency and office it
-- goes to. Refuses what cannot be asked for.
CREATE OR REPLACE FUNCTION asked_for(asked aid_application, aided person) RETURNS aid_application
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    kind record;
    home household;
BEGIN
    SELECT * INTO home FROM household AS h WHERE h.id = asked.household_id FOR SHARE;
    SELECT k.id, k.recipient, p.agency_id INTO kind
    FROM aid_kind AS k JOIN aid_programme AS p ON p.id = k.programme_id WHERE k.id = asked.kind_id;
    IF home.id IS NULL THEN
        RAISE EXCEPTION 'application_household' USING ERRCODE = 'EK111';
    ELSIF NOT coalesce(asked.head_present, false) AND coalesce(btrim(asked.asked_by), '') = '' THEN
        RAISE EXCEPTION 'applicant_missing' USING ERRCODE = 'EK112';
    ELSIF kind.id IS NULL OR NOT takes_applications(kind.id, current_date) THEN
        RAISE EXCEPTION 'programme_not_open' USING ERRCODE = 'EK113';
    ELSIF coalesce(asked.amount_asked_rm, 0) <= 0 OR asked.channel IS NULL OR isempty(asked.asked_period)
        OR lower_inf(asked.asked_period) OR upper_inf(asked.asked_period)
        OR upper(asked.asked_period) - lower(asked.asked_period) > 366 THEN
        RAISE EXCEPTION 'application_incomplete' USING ERRCODE = 'EK114';
    ELSIF kind.recipient = 'isi_rumah' THEN
        SELECT * INTO aided FROM person AS p WHERE p.household_id = home.id AND p.is_head;
    ELSIF aided.household_id IS DISTINCT FROM home.id THEN
        RAISE EXCEPTION 'application_incomplete' USING ERRCODE = 'EK114';
    END IF;
    asked.person_id := CASE WHEN kind.recipient = 'orang' THEN aided.id END;
    asked.agency_id := kind.agency_id;
    asked.office_code := office_for(kind.agency_id, home.district_code, home.catchment_codes);
    asked.district_code := home.district_code;
    asked.catchment_codes := home.catchment_codes;
    asked.asked_by := CASE WHEN asked.head_present THEN '' ELSE btrim(asked.asked_by) END;
    asked.asked_relation := CASE WHEN asked.head_present THEN '' ELSE coalesce(btrim(asked.asked_relation), '') END;
    asked.asked_phone := coalesce(btrim(asked.asked_phone), '');
    asked.purpose := coalesce(btrim(asked.purpose), '');
    asked.for_name := coalesce(aided.name, home.head_name);
    RETURN asked;
END
$$;

-- Opens an application as a draft.
CREATE OR REPLACE FUNCTION open_application(
    asked_household bigint, asked_id_no text, key text, asked_person bigint, asked_kind integer, asked_channel text,
    asked_head boolean, by_name text, by_relation text, by_phone text, asked_purpose text, amount numeric,
    asked_days daterange)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    asked aid_application;
    aided person;
    made aid_application;
BEGIN
    IF NOT may('apply_aid') OR acting_user() IS NULL THEN
        RAISE EXCEPTION 'not_permitted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    asked.household_id := household_applying(asked_household, asked_id_no, key);
    asked.kind_id := asked_kind;
    asked.channel := asked_channel;
    asked.head_present := asked_head;
    asked.asked_by := by_name;
    asked.asked_relation := by_relation;
    asked.asked_phone := by_phone;
    asked.purpose := asked_purpose;
    asked.amount_asked_rm := amount;
    asked.asked_period := asked_days;
    SELECT p.* INTO aided FROM person AS p
    WHERE p.household_id = asked.household_id
        AND CASE WHEN asked_household IS NULL THEN p.id_no = asked_id_no ELSE p.id = asked_person END;
    asked := asked_for(asked, aided);
    INSERT INTO aid_application (household_id, person_id, kind_id, agency_id, office_code, district_code, catchment_codes,
        channel, head_present, asked_by, asked_relation, asked_phone, for_name, purpose, amount_asked_rm, asked_period,
        opened_agency_id, opened_by)
    VALUES (asked.household_id, asked.person_id, asked.kind_id, asked.agency_id, asked.office_code, asked.district_code,
        asked.catchment_codes, asked.channel, asked.head_present, asked.asked_by, asked.asked_relation, asked.asked_phone,
        asked.for_name, asked.purpose, asked.amount_asked_rm, asked.asked_period, acting_agency(), acting_user())
    RETURNING * INTO made;
    INSERT INTO aid_step (application_id, action) VALUES (made.id, 'buka');
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, district_code, after)
    VALUES (acting_user(), acting_login(), 'open_application', 'aid_application', made.id, made.district_code,
        jsonb_build_object('state', made.state, 'kind', made.kind_id, 'channel', made.channel));
    RETURN made.number;
EXCEPTION WHEN unique_violation THEN
    RAISE EXCEPTION 'application_open_already' USING ERRCODE = 'EK115';
END
$$;

-- Changes what a draft asks for; answers its version, nothing where there is none that who is acting reads. Who does not see
-- the household leaves the person whom it is for. The log tells which fields changed, not what was in them.
CREATE OR REPLACE FUNCTION edit_application(
    asked_number text, seen integer, asked_person bigint, asked_kind integer, asked_channel text, asked_head boolean,
    by_name text, by_relation text, by_phone text, asked_purpose text, amount numeric, asked_days daterange)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    stands aid_application;
    asked aid_application;
    aided person;
    changed jsonb;
BEGIN
    SELECT * INTO stands FROM aid_application AS a WHERE a.number = asked_number FOR UPDATE;
    IF acting_user() IS NULL OR stands.id IS NULL OR NOT reads_application(stands, false) THEN
        RETURN NULL;
    END IF;
    -- the step is judged first: whether it is still a draft, as it was seen, and one's own to change
    INSERT INTO aid_step (application_id, action, seen_version) VALUES (stands.id, 'ubah', seen);
    asked := stands;
    asked.kind_id := asked_kind;
    asked.channel := asked_channel;
    asked.head_present := asked_head;
    asked.asked_by := by_name;
    asked.asked_relation := by_relation;
    asked.asked_phone := by_phone;
    asked.purpose := asked_purpose;
    asked.amount_asked_rm := amount;
    asked.asked_period := asked_days;
    SELECT p.* INTO aided FROM person AS p
    WHERE p.household_id = stands.household_id
        AND p.id = CASE WHEN sees_persons() AND in_reach(stands.district_code, stands.catchment_codes)
                        THEN asked_person ELSE stands.person_id END;
    asked := asked_for(asked, aided);
    UPDATE aid_application SET (person_id, kind_id, agency_id, office_code, channel, head_present, asked_by, asked_relation,
        asked_phone, for_name, purpose, amount_asked_rm, asked_period) = ROW(asked.person_id, asked.kind_id, asked.agency_id,
        asked.office_code, asked.channel, asked.head_present, asked.asked_by, asked.asked_relation, asked.asked_phone,
        asked.for_name, asked.purpose, asked.amount_asked_rm, asked.asked_period)
    WHERE id = stands.id;
    SELECT coalesce(jsonb_agg(n.key ORDER BY n.key), '[]') INTO changed
    FROM jsonb_each(to_jsonb(asked)) AS n JOIN jsonb_each(to_jsonb(stands)) AS o ON o.key = n.key
    WHERE n.value IS DISTINCT FROM o.value;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, district_code, after)
    VALUES (acting_user(), acting_login(), 'edit_application', 'aid_application', stands.id, stands.district_code,
        jsonb_build_object('fields', changed));
    RETURN stands.version + 1;
EXCEPTION WHEN unique_violation THEN
    RAISE EXCEPTION 'application_open_already' USING ERRCODE = 'EK115';
END
$$;

REVOKE ALL ON FUNCTION asked_for(aid_application, person),
    open_application(bigint, text, text, bigint, integer, text, boolean, text, text, text, text, numeric, daterange),
    edit_application(text, integer, bigint, integer, text, boolean, text, text, text, text, numeric, daterange) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    open_application(bigint, text, text, bigint, integer, text, boolean, text, text, text, text, numeric, daterange),
    edit_application(text, integer, bigint, integer, text, boolean, text, text, text, text, numeric, daterange) TO app_web;
