-- What waits for an officer: a row that was held is accepted, for a person and with an override where one is needed, or
-- refused. Who may override never approved what is overridden; here nobody has.

-- The claims that stand in the way of a need on some days.
CREATE OR REPLACE FUNCTION claims_in_the_way(household bigint, need text, who text, days daterange) RETURNS SETOF aid_claim
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT c.* FROM aid_claim AS c
    WHERE c.household_id = household AND c.need_code = need AND c.person_key = who AND c.period && days
        AND c.exclusive AND c.override_id IS NULL AND c.ended_at IS NULL
$$;

-- Makes an override of who is acting, or says why there is none: SQLSTATE EK061 without the right, EK062 for a reason
-- that does not do, EK063 for too few words or no evidence.
CREATE OR REPLACE FUNCTION make_aid_override(given jsonb, asked_household bigint, need text, day date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    made bigint;
BEGIN
    IF NOT may('override_double_aid') THEN
        RAISE EXCEPTION 'aid_override_not_permitted' USING ERRCODE = 'EK061';
    END IF;
    IF given ->> 'reason' NOT IN ('bencana', 'tambahan_dirancang', 'keperluan_lain')
        OR (SELECT n.once FROM aid_need AS n WHERE n.code = need) AND (given ->> 'reason' <> 'bencana' OR EXISTS (
            SELECT FROM aid_line AS l LEFT JOIN aid_reversal AS r ON r.line_id = l.id
            WHERE l.household_id = asked_household AND l.need_code = need AND r.line_id IS NULL AND l.day >= make_aid_override.day))
    THEN
        RAISE EXCEPTION 'aid_override_reason' USING ERRCODE = 'EK062';
    END IF;
    IF length(regexp_replace(given ->> 'words', '[^[:alpha:]]', '', 'g')) < 20 OR btrim(given ->> 'evidence_no') = '' THEN
        RAISE EXCEPTION 'aid_override_words' USING ERRCODE = 'EK063';
    END IF;
    INSERT INTO aid_override (reason, words, evidence_no, made_by)
    VALUES (given ->> 'reason', btrim(given ->> 'words'), btrim(given ->> 'evidence_no'), acting_login()) RETURNING id INTO made;
    RETURN made;
END
$$;

-- The row that is to be settled, locked; SQLSTATE EK065 where there is none for who is acting, EK019 once it is settled.
CREATE OR REPLACE FUNCTION held_aid_row(asked bigint) RETURNS aid_row
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    held aid_row;
BEGIN
    SELECT * INTO held FROM aid_row WHERE id = asked FOR UPDATE;
    IF NOT FOUND OR NOT may('settle_aid') OR NOT settles(held) THEN
        RAISE EXCEPTION 'not_found' USING ERRCODE = 'EK065';
    END IF;
    IF held.fate <> 'held' THEN
        RAISE EXCEPTION 'stale' USING ERRCODE = 'EK019';
    END IF;
    RETURN held;
END
$$;

-- Refuses a held row with a reason; it goes back to its agency.
CREATE OR REPLACE FUNCTION refuse_aid_row(asked bigint, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    held aid_row := held_aid_row(asked);
BEGIN
    IF btrim(coalesce(reason, '')) = '' THEN
        RAISE EXCEPTION 'reason_missing' USING ERRCODE = 'EK003';
    END IF;
    UPDATE aid_row SET fate = 'refused', settled_by = acting_user(), settled_at = now(), settled_reason = btrim(reason)
    WHERE id = asked;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, district_code, after)
    VALUES (acting_user(), acting_login(), 'refuse_aid_row', 'aid_row', asked, held.district_code,
            jsonb_build_object('reason', btrim(reason)));
END
$$;

-- Accepts a held row for a person of a household that is one's own; answers the line. What stands in the way needs an
-- override ({reason, words, evidence_no}), else SQLSTATE EK066. A reversal takes back the line that it names, once that is
-- accepted (EK067 until then).
CREATE OR REPLACE FUNCTION accept_aid_row(asked bigint, chosen_person bigint, reason text, override jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    held aid_row := held_aid_row(asked);
    aided person;
    home household;
    kind aid_kind;
    need aid_need;
    who text;
    made bigint;
    line bigint;
BEGIN
    IF btrim(coalesce(reason, '')) = '' THEN
        RAISE EXCEPTION 'reason_missing' USING ERRCODE = 'EK003';
    END IF;
    IF held.reversal THEN
        line := take_back_line(held);
    ELSE
        SELECT * INTO aided FROM person AS p WHERE p.id = coalesce(chosen_person, held.person_id);
        SELECT * INTO home FROM household AS h WHERE h.id = aided.household_id FOR NO KEY UPDATE;
        IF home.id IS NULL OR NOT in_reach(home.district_code, home.catchment_codes) THEN
            RAISE EXCEPTION 'not_found' USING ERRCODE = 'EK065';
        END IF;
        SELECT * INTO kind FROM aid_kind AS k WHERE k.id = held.kind_id;
        SELECT * INTO need FROM aid_need AS n WHERE n.code = kind.need_code;
        who := CASE kind.recipient WHEN 'orang' THEN aided.id::text ELSE '' END;
        IF need.exclusive AND EXISTS (SELECT FROM claims_in_the_way(home.id, need.code, who, held.period)) THEN
            IF override IS NULL THEN
                RAISE EXCEPTION 'aid_override_needed' USING ERRCODE = 'EK066';
            END IF;
            made := make_aid_override(override, home.id, need.code, held.day);
        END IF;
        INSERT INTO aid_line (agency_id, reference, kind_id, need_code, household_id, person_id, day, period, amount_rm,
            quantity, origin, application_no, outside_target, delivery_id, row_no, content_key, warnings, recorded_by)
        SELECT held.agency_id, held.reference, kind.id, need.code, home.id, aided.id, held.day, held.period, held.amount_rm,
            held.quantity, 'delivery', nullif(upper(btrim(held.given ->> 'no_permohonan')), ''),
            EXISTS (SELECT FROM conditions_in_force(kind.programme_id, held.day) AS c
                    WHERE EXISTS (SELECT FROM rows_outside(c.conditions, ARRAY[home.id], ARRAY[aided.id], ARRAY[held.day]))),
            held.delivery_id, held.row_no, held.content_key, held.warnings, acting_login()
        RETURNING id INTO line;
        INSERT INTO aid_claim (household_id, person_key, need_code, agency_id, kind_id, exclusive, period, line_id, override_id)
        VALUES (home.id, who, need.code, held.agency_id, kind.id, need.exclusive, held.period, line, made);
    END IF;
    UPDATE aid_row SET fate = 'accepted', settled_by = acting_user(), settled_at = now(), settled_reason = btrim(reason),
        household_id = coalesce(home.id, household_id), person_id = coalesce(aided.id, person_id)
    WHERE id = asked;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, district_code, after)
    VALUES (acting_user(), acting_login(), 'accept_aid_row', 'aid_row', asked, coalesce(home.district_code, held.district_code),
            jsonb_build_object('reason', btrim(reason), 'household', home.id, 'override', override ->> 'reason'));
    RETURN line;
END
$$;

-- Takes back the line that a held reversal names.
CREATE OR REPLACE FUNCTION take_back_line(held aid_row) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    original aid_line;
BEGIN
    SELECT l.* INTO original FROM aid_line AS l LEFT JOIN aid_reversal AS r ON r.line_id = l.id
    WHERE l.agency_id = held.agency_id AND l.reference = upper(btrim(held.given ->> 'no_rujukan_asal'))
        AND r.line_id IS NULL AND l.amount_rm = held.amount_rm AND l.day <= held.day;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aid_original_missing' USING ERRCODE = 'EK067';
    END IF;
    INSERT INTO aid_reversal (line_id, agency_id, reference, day, amount_rm, delivery_id, row_no, content_key, recorded_by)
    VALUES (original.id, held.agency_id, held.reference, held.day, held.amount_rm, held.delivery_id, held.row_no,
            held.content_key, acting_login());
    UPDATE aid_claim SET ended_at = now() WHERE line_id = original.id AND ended_at IS NULL;
    RETURN original.id;
END
$$;

-- Says how double aid that was found was settled between the two agencies.
CREATE OR REPLACE FUNCTION settle_aid_pair(asked bigint, outcome text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    pair aid_pair;
BEGIN
    SELECT * INTO pair FROM aid_pair WHERE id = asked FOR UPDATE;
    IF NOT FOUND OR NOT may('settle_aid') OR acting_agency() IS NOT NULL OR NOT in_territory(pair.district_code) THEN
        RAISE EXCEPTION 'not_found' USING ERRCODE = 'EK065';
    END IF;
    UPDATE aid_pair SET finding = outcome, settled_by = acting_login(), settled_at = now() WHERE id = asked;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, district_code, after)
    VALUES (acting_user(), acting_login(), 'settle_aid_pair', 'aid_pair', asked, pair.district_code,
            jsonb_build_object('finding', outcome));
END
$$;

REVOKE ALL ON FUNCTION claims_in_the_way(bigint, text, text, daterange), make_aid_override(jsonb, bigint, text, date),
    held_aid_row(bigint), refuse_aid_row(bigint, text), accept_aid_row(bigint, bigint, text, jsonb), take_back_line(aid_row),
    settle_aid_pair(bigint, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION refuse_aid_row(bigint, text), accept_aid_row(bigint, bigint, text, jsonb),
    settle_aid_pair(bigint, text) TO app_web;
