-- Tickets: who reads one, who handles it, what is masked as it is saved, and how one is opened. steps.sql says how it moves.

CREATE OR REPLACE FUNCTION is_open_ticket(state text) RETURNS boolean LANGUAGE sql IMMUTABLE
AS $$ SELECT state IN ('baru', 'diberi', 'dijawab', 'menunggu_pelapor', 'dibuka_semula') $$;

-- Whether who is acting handles the tickets of a place: of a district in the own territory, of the own state for its office, of
-- every place for the country.
CREATE OR REPLACE FUNCTION handles_place(place text) RETURNS boolean LANGUAGE sql STABLE
AS $$
    SELECT ekasih.may('handle_support') AND ekasih.of_no_agency()
        AND (ekasih.in_territory(place)
             OR current_setting('app.role', true) = 'state_office' AND length(place) = 2
                AND EXISTS (SELECT FROM unnest(ekasih.acting_districts()) AS code WHERE left(code, 2) = place))
$$;

-- The places whose tickets who is acting handles, where that is not the whole country.
CREATE OR REPLACE FUNCTION handled_places() RETURNS SETOF text LANGUAGE sql STABLE
AS $$
    SELECT code FROM unnest(ekasih.acting_districts()) AS code WHERE ekasih.handles_place(code)
    UNION
    SELECT left(code, 2) FROM unnest(ekasih.acting_districts()) AS code WHERE ekasih.handles_place(left(code, 2))
$$;

-- On which rung of the ladder who is acting is told of tickets that are late: a lead of a district, a state office, the country.
CREATE OR REPLACE FUNCTION told_as() RETURNS text[] LANGUAGE sql STABLE
AS $$
    SELECT CASE WHEN NOT ekasih.may('handle_support') THEN '{}'::text[]
        WHEN ekasih.nationwide() THEN '{negara}'
        WHEN current_setting('app.role', true) = 'state_office' THEN '{negeri,negara}'
        WHEN ekasih.may('decide') THEN '{ketua,negeri,negara}' ELSE '{}' END
$$;

CREATE POLICY read_own ON ticket FOR SELECT TO app_web USING (opened_by = (SELECT acting_user()));
CREATE POLICY read_handled ON ticket FOR SELECT TO app_web
USING ((SELECT may('handle_support') AND of_no_agency()) AND ((SELECT nationwide()) OR handles_place(place)));
CREATE POLICY read_with_ticket ON ticket_step FOR SELECT TO app_web
USING (EXISTS (SELECT FROM ticket AS t WHERE t.id = ticket_step.ticket_id));
CREATE POLICY read_with_ticket ON ticket_escalation FOR SELECT TO app_web
USING (EXISTS (SELECT FROM ticket AS t WHERE t.id = ticket_escalation.ticket_id AND handles_place(t.place)));
CREATE POLICY read_handled ON ticket_note FOR SELECT TO app_web
USING (EXISTS (SELECT FROM ticket AS t WHERE t.id = ticket_note.ticket_id AND handles_place(t.place)));
CREATE POLICY read_handled ON ticket_contact FOR SELECT TO app_web
USING (EXISTS (SELECT FROM ticket AS t WHERE t.id = ticket_contact.ticket_id AND handles_place(t.place)));
CREATE POLICY read_handled ON ticket_picture FOR SELECT TO app_web
USING (EXISTS (SELECT FROM ticket AS t WHERE t.id = ticket_picture.ticket_id AND handles_place(t.place)));
CREATE POLICY read_handling ON ticket_template FOR SELECT TO app_web USING ((SELECT may('handle_support')));
CREATE POLICY read_signed_in ON ticket_transition FOR SELECT TO app_web USING ((SELECT signed_in()));
GRANT SELECT ON ticket, ticket_step, ticket_escalation, ticket_note, ticket_contact, ticket_picture, ticket_template,
    ticket_transition TO app_web;

-- What is kept of words that somebody typed: numbers of identity cards, telephones and accounts are hidden. A day is none of
-- them, though it has digits and marks between them.
CREATE OR REPLACE FUNCTION masked_words(said text) RETURNS text LANGUAGE sql IMMUTABLE
AS $$
    SELECT btrim(regexp_replace(regexp_replace(
        translate(normalize(coalesce(said, ''), NFKC), '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', '01234567890123456789'),
        '(?<![0-9])(?!(?:19|20)[0-9]{2}[-/.][0-9]{2}[-/.][0-9]{2}(?![0-9]))(?![0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:19|20)[0-9]{2}(?![0-9]))'
        || '\+?[0-9](?:[ .\-/()]{0,3}[0-9]){8,}', '••••••', 'g'),
        '((?:akaun|account|acct|a/c)[^0-9\n]{0,20})[0-9](?:[ \-]?[0-9]){4,}', '\1••••••', 'gi'))
$$;

-- Writes down what was done to a ticket: never what was said.
CREATE OR REPLACE FUNCTION audit_ticket(own ticket, done text, facts jsonb) RETURNS void
LANGUAGE sql SET search_path = ekasih, public, pg_temp
AS $$
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, district_code, after)
    VALUES (acting_user(), acting_login(), done, 'ticket', own.id, CASE WHEN length(own.place) > 2 THEN own.place END,
            jsonb_strip_nulls(jsonb_build_object('number', own.number) || facts))
$$;

-- Puts a ticket into the register for who is acting, or for nobody who has an account.
CREATE OR REPLACE FUNCTION put_ticket(asked_kind text, title text, said text, was_seen boolean, urgency integer, asked_place text,
                                      from_page text) RETURNS ticket
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    made ticket;
    at_place text := coalesce((SELECT a.code FROM area AS a WHERE a.code = asked_place AND a.level IN ('state', 'district')), 'MY');
BEGIN
    IF masked_words(title) = '' OR masked_words(said) = '' THEN
        RAISE EXCEPTION 'support_unknown' USING ERRCODE = 'EK255';
    END IF;
    INSERT INTO ticket (kind, subject, exposure, priority, level, place, page, opened_by)
    VALUES (asked_kind, left(masked_words(title), 160), coalesce(was_seen, false), CASE WHEN was_seen THEN 1 ELSE urgency END,
            CASE WHEN at_place = 'MY' THEN 'negara' WHEN length(at_place) = 2 THEN 'negeri' ELSE 'daerah' END, at_place,
            -- the address of a page, never what was asked of it
            left(split_part(split_part(coalesce(from_page, ''), '?', 1), '#', 1), 200), acting_user())
    RETURNING * INTO made;
    INSERT INTO ticket_step (ticket_id, action, from_state, to_state, actor_id, actor, side, words)
    VALUES (made.id, 'buka', '', 'baru', acting_user(), acting_login(), 'pelapor', left(masked_words(said), 4000));
    PERFORM audit_ticket(made, 'open_ticket', jsonb_build_object('kind', made.kind, 'priority', made.priority));
    PERFORM put_system_job('support.clock', '{}');
    RETURN made;
EXCEPTION WHEN check_violation OR not_null_violation THEN
    RAISE EXCEPTION 'support_unknown' USING ERRCODE = 'EK255';
END
$$;

-- Opens a ticket of who is acting; answers its number.
CREATE OR REPLACE FUNCTION open_ticket(asked_kind text, title text, said text, was_seen boolean, urgency integer, asked_place text,
                                       from_page text, mail text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    made ticket;
BEGIN
    IF acting_user() IS NULL THEN
        RAISE EXCEPTION 'not_permitted' USING ERRCODE = '42501';
    END IF;
    made := put_ticket(asked_kind, title, said, was_seen, urgency, asked_place, from_page);
    IF btrim(coalesce(mail, '')) <> '' THEN
        INSERT INTO ticket_contact (ticket_id, email) VALUES (made.id, left(btrim(mail), 254));
    END IF;
    RETURN made.number;
END
$$;

REVOKE ALL ON FUNCTION audit_ticket(ticket, text, jsonb), put_ticket(text, text, text, boolean, integer, text, text),
    open_ticket(text, text, text, boolean, integer, text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION open_ticket(text, text, text, boolean, integer, text, text, text) TO app_web;

-- Keeps a text that answers begin with, as it was seen at a version; without a code it is a new one. Retired ones are kept as well.
CREATE OR REPLACE FUNCTION save_ticket_template(asked_code text, seen_version integer, malay_name text, english_name text,
                                                malay text, english text, in_use boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    kept_code text := nullif(btrim(asked_code), '');
BEGIN
    IF NOT administers() THEN
        RAISE EXCEPTION 'not_permitted' USING ERRCODE = '42501';
    ELSIF '' IN (btrim(coalesce(malay_name, '')), btrim(coalesce(english_name, '')), btrim(coalesce(malay, '')),
                 btrim(coalesce(english, ''))) THEN
        RAISE EXCEPTION 'support_unknown' USING ERRCODE = 'EK255';
    ELSIF kept_code IS NULL THEN
        kept_code := 'templat_' || (SELECT count(*) + 1 FROM ticket_template);
        INSERT INTO ticket_template (code, name_ms, name_en, words_ms, words_en, active)
        VALUES (kept_code, left(btrim(malay_name), 80), left(btrim(english_name), 80), left(masked_words(malay), 2000),
            left(masked_words(english), 2000), in_use);
    ELSE
        UPDATE ticket_template AS t SET name_ms = left(btrim(malay_name), 80), name_en = left(btrim(english_name), 80),
            words_ms = left(masked_words(malay), 2000), words_en = left(masked_words(english), 2000), active = in_use,
            version = t.version + 1
        WHERE t.code = kept_code AND t.version = seen_version;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'stale' USING ERRCODE = 'EK019';
        END IF;
    END IF;
    INSERT INTO audit_log (actor_id, actor, action, subject, after)
    VALUES (acting_user(), acting_login(), 'save_ticket_template', 'ticket_template',
        jsonb_build_object('code', kept_code, 'active', in_use));
END
$$;
REVOKE ALL ON FUNCTION save_ticket_template(text, integer, text, text, text, text, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION save_ticket_template(text, integer, text, text, text, text, boolean) TO app_web;
