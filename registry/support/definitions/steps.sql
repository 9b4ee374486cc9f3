-- The machine of tickets: which step leads where, who takes it, and what follows. Each refusal has a SQLSTATE of its own.

INSERT INTO setting (key, value, least, most, step) VALUES
    ('support.close_days', '7', 1, 60, 1), ('support.reopen_days', '30', 7, 365, 1), ('support.picture_days', '90', 7, 365, 1)
ON CONFLICT (key) DO UPDATE SET least = EXCLUDED.least, most = EXCLUDED.most, step = EXCLUDED.step;

DELETE FROM ticket_transition;
INSERT INTO ticket_transition (action, from_state, to_state, side, needs_words)
SELECT s.action, f.state, coalesce(s.to_state, f.state), s.side, s.needs_words
FROM (VALUES
    ('ambil', '{baru,dibuka_semula,diberi}'::text[], 'diberi', 'pengendali', false),
    ('ambil', '{dijawab,menunggu_pelapor}', NULL, 'pengendali', false),
    ('beri', '{baru,dibuka_semula,diberi}', 'diberi', 'pengendali', false),
    ('beri', '{dijawab,menunggu_pelapor}', NULL, 'pengendali', false),
    ('jawab', '{baru,diberi,dijawab,menunggu_pelapor,dibuka_semula}', 'dijawab', 'pengendali', true),
    ('tanya', '{baru,diberi,dijawab,dibuka_semula}', 'menunggu_pelapor', 'pengendali', true),
    ('balas', '{menunggu_pelapor}', 'dijawab', 'pelapor', true),
    ('balas', '{baru,diberi,dijawab,dibuka_semula}', NULL, 'pelapor', true),
    ('selesai', '{diberi,dijawab,menunggu_pelapor,dibuka_semula}', 'selesai', 'pengendali', true),
    ('keutamaan', '{baru,diberi,dijawab,menunggu_pelapor,dibuka_semula}', NULL, 'pengendali', true),
    ('naik', '{baru,diberi,dijawab,menunggu_pelapor,dibuka_semula}', NULL, 'pengendali', true),
    ('gabung', '{baru,diberi,dijawab,menunggu_pelapor,dibuka_semula}', 'digabung', 'pengendali', false),
    ('tutup', '{selesai}', 'tutup', 'pelapor', false),
    ('tutup_sendiri', '{selesai}', 'tutup', 'sistem', false),
    ('buka_semula', '{selesai,tutup}', 'dibuka_semula', 'kedua', true)
) AS s (action, states, to_state, side, needs_words)
CROSS JOIN LATERAL unnest(s.states) AS f (state);

-- On which sides of a ticket who is acting stands.
CREATE OR REPLACE FUNCTION ticket_sides(asked ticket) RETURNS text[] LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT array_remove(ARRAY[CASE WHEN asked.opened_by = acting_user() THEN 'pelapor' END,
                              CASE WHEN handles_place(asked.place) THEN 'pengendali' END], NULL)
$$;

-- Whether who is acting has handled a ticket, now or before: it was given to them, or they answered.
CREATE OR REPLACE FUNCTION has_handled(asked ticket) RETURNS boolean LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT coalesce(asked.handler_id = acting_user(), false) OR EXISTS (
        SELECT FROM ticket_step AS s WHERE s.ticket_id = asked.id
            AND (s.actor_id = acting_user() AND s.action IN ('ambil', 'jawab', 'tanya', 'selesai')
                 OR s.action = 'beri' AND s.detail ->> 'to' = acting_user()::text))
$$;

CREATE OR REPLACE FUNCTION may_reopen(asked ticket) RETURNS boolean LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT asked.solved_at IS NOT NULL
        AND now() <= asked.solved_at + make_interval(days => (SELECT s.value::integer FROM setting AS s WHERE s.key = 'support.reopen_days'))
$$;

-- The steps of a ticket that who is acting may take now.
CREATE OR REPLACE FUNCTION allowed_ticket_steps(asked_number text)
RETURNS TABLE (action text, to_state text, needs_words boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT t.action, t.to_state, t.needs_words
    FROM ticket AS k
    CROSS JOIN LATERAL (SELECT ticket_sides(k) AS own) AS s
    JOIN ticket_transition AS t ON t.from_state = k.state
    WHERE k.number = asked_number AND (t.side = ANY (s.own) OR t.side = 'kedua' AND s.own <> '{}')
        AND (t.action <> 'ambil' OR k.handler_id IS DISTINCT FROM acting_user())
        AND (t.action <> 'naik' OR k.level <> 'negara')
        AND (t.action <> 'buka_semula' OR may_reopen(k))
    ORDER BY array_position(ARRAY['ambil', 'jawab', 'tanya', 'selesai', 'balas', 'tutup', 'buka_semula', 'beri', 'keutamaan',
                                  'naik', 'gabung'], t.action)
$$;

-- To whom a ticket may be given: who handles support and has the place in the own territory.
CREATE OR REPLACE FUNCTION ticket_handlers(asked_number text) RETURNS TABLE (user_id bigint, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT u.id, u.display_name
    FROM ticket AS k
    JOIN app_user AS u ON u.active AND NOT u.machine AND u.agency_id IS NULL AND u.role NOT IN ('agency', 'council')
    WHERE k.number = asked_number AND handles_place(k.place)
        AND EXISTS (SELECT FROM role_permission AS r WHERE r.role = u.role AND r.permission = 'handle_support')
        AND (u.territory = '{}' OR k.place = ANY (territory_districts(u.territory))
             OR u.role = 'state_office' AND k.place = ANY (u.territory))
    ORDER BY u.display_name, u.id LIMIT 200
$$;

-- What a step needs besides words, judged and set: to whom, how urgent, into which, how high. Answers what is kept of it.
CREATE OR REPLACE FUNCTION judged_ticket(INOUT moved ticket, asked_action text, more jsonb, OUT kept jsonb)
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    other ticket;
    priority_asked integer;
    handler bigint;
BEGIN
    kept := '{}';
    IF asked_action IN ('ambil', 'beri') THEN
        handler := CASE asked_action WHEN 'ambil' THEN acting_user() ELSE (more ->> 'to')::bigint END;
        IF NOT EXISTS (SELECT FROM ticket_handlers(moved.number) AS h WHERE h.user_id = handler) THEN
            RAISE EXCEPTION 'support_unknown' USING ERRCODE = 'EK255';
        END IF;
        moved.handler_id := handler;
        kept := jsonb_build_object('to', handler::text);
    ELSIF asked_action = 'keutamaan' THEN
        priority_asked := (more ->> 'priority')::integer;
        IF priority_asked IS NULL OR priority_asked NOT BETWEEN 1 AND 4 OR priority_asked = moved.priority THEN
            RAISE EXCEPTION 'support_unknown' USING ERRCODE = 'EK255';
        ELSIF moved.exposure AND priority_asked > moved.priority AND (has_handled(moved) OR NOT may('decide')) THEN
            RAISE EXCEPTION 'support_exposure' USING ERRCODE = 'EK254';
        END IF;
        kept := jsonb_build_object('from', moved.priority, 'to', priority_asked);
        moved.priority := priority_asked;
    ELSIF asked_action = 'naik' THEN
        IF moved.level = 'negara' THEN
            RAISE EXCEPTION 'support_unknown' USING ERRCODE = 'EK255';
        END IF;
        moved.level := CASE moved.level WHEN 'daerah' THEN 'negeri' ELSE 'negara' END;
        moved.told := moved.level;
        kept := jsonb_build_object('to', moved.level);
    ELSIF asked_action = 'gabung' THEN
        SELECT * INTO other FROM ticket AS k WHERE k.number = more ->> 'into' FOR UPDATE;
        IF other.id IS NULL OR other.id = moved.id OR NOT handles_place(other.place) OR NOT is_open_ticket(other.state) THEN
            RAISE EXCEPTION 'support_unknown' USING ERRCODE = 'EK255';
        -- a ticket that may not be lowered is not lost in one that is less urgent
        ELSIF moved.exposure AND (NOT other.exposure OR other.priority > moved.priority) AND (has_handled(moved) OR NOT may('decide')) THEN
            RAISE EXCEPTION 'support_exposure' USING ERRCODE = 'EK254';
        END IF;
        moved.merged_into := other.id;
        kept := jsonb_build_object('into', other.number);
    END IF;
END
$$;

-- Keeps a step of a ticket that was judged, moves the ticket, and has its clock worked out.
CREATE OR REPLACE FUNCTION move_ticket(moved ticket, asked_action text, becomes text, asked_side text, said text, kept jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    answers boolean := asked_action IN ('jawab', 'tanya', 'selesai');
    mailed boolean := answers AND EXISTS (SELECT FROM ticket_contact AS c WHERE c.ticket_id = moved.id AND c.email <> '');
BEGIN
    INSERT INTO ticket_step (ticket_id, action, from_state, to_state, actor_id, actor, side, words, detail, to_mail)
    VALUES (moved.id, asked_action, moved.state, becomes, acting_user(), acting_login(), asked_side, said, kept, mailed);
    UPDATE ticket AS k SET state = becomes, version = k.version + 1, clock_stale = true,
        priority = moved.priority, level = moved.level, told = moved.told, merged_into = moved.merged_into,
        handler_id = CASE WHEN answers THEN coalesce(moved.handler_id, acting_user()) ELSE moved.handler_id END,
        first_answer_at = CASE WHEN answers THEN coalesce(k.first_answer_at, now()) ELSE k.first_answer_at END,
        solved_at = CASE WHEN asked_action = 'selesai' THEN now() WHEN asked_action = 'buka_semula' THEN NULL ELSE k.solved_at END,
        closed_at = CASE WHEN becomes IN ('tutup', 'digabung') THEN now() WHEN asked_action = 'buka_semula' THEN NULL ELSE k.closed_at END,
        reopened = k.reopened + CASE WHEN asked_action = 'buka_semula' THEN 1 ELSE 0 END,
        satisfaction = CASE WHEN asked_action = 'buka_semula' THEN NULL ELSE k.satisfaction END
    WHERE k.id = moved.id;
    PERFORM audit_ticket(moved, 'step_ticket', jsonb_build_object('step', asked_action, 'state', becomes) || kept);
    PERFORM put_system_job('support.clock', '{}');
    IF mailed THEN
        PERFORM put_system_job('support.mail', '{}');
    END IF;
END
$$;

-- Takes a step of a ticket as it was seen; answers the state that it came into, nothing where who is acting knows none of it.
CREATE OR REPLACE FUNCTION step_ticket(asked_number text, seen_version integer, asked_action text, said text, more jsonb) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    moved ticket;
    sides text[];
    allowed ticket_transition;
    kept_words text := left(masked_words(said), 4000);
    judged record;
BEGIN
    SELECT * INTO moved FROM ticket AS k WHERE k.number = asked_number FOR UPDATE;
    sides := ticket_sides(moved);
    IF acting_user() IS NULL OR moved.id IS NULL OR sides = '{}' THEN
        RETURN NULL;
    END IF;
    SELECT t.* INTO allowed FROM ticket_transition AS t WHERE t.action = asked_action AND t.from_state = moved.state;
    IF seen_version <> moved.version THEN
        RAISE EXCEPTION 'stale' USING ERRCODE = 'EK019';
    ELSIF allowed.action IS NULL OR NOT (allowed.side = ANY (sides) OR allowed.side = 'kedua')
        OR asked_action = 'buka_semula' AND NOT may_reopen(moved) THEN
        RAISE EXCEPTION 'support_step' USING ERRCODE = 'EK253', DETAIL = moved.state;
    ELSIF allowed.needs_words AND kept_words = '' THEN
        RAISE EXCEPTION 'reason_missing' USING ERRCODE = 'EK003';
    END IF;
    SELECT * INTO judged FROM judged_ticket(moved, asked_action, coalesce(more, '{}'));
    PERFORM move_ticket(judged.moved, asked_action, allowed.to_state,
                        CASE WHEN allowed.side = 'pelapor' OR NOT 'pengendali' = ANY (sides) THEN 'pelapor' ELSE 'pengendali' END,
                        kept_words, judged.kept);
    RETURN allowed.to_state;
EXCEPTION WHEN invalid_text_representation OR numeric_value_out_of_range THEN
    RAISE EXCEPTION 'support_unknown' USING ERRCODE = 'EK255';
END
$$;

-- Writes a note for those who handle a ticket; the reporter never reads it.
CREATE OR REPLACE FUNCTION note_ticket(asked_number text, said text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    own ticket;
    made bigint;
BEGIN
    SELECT * INTO own FROM ticket AS k WHERE k.number = asked_number;
    IF own.id IS NULL OR acting_user() IS NULL OR NOT handles_place(own.place) THEN
        RAISE EXCEPTION 'not_found' USING ERRCODE = 'EK065';
    ELSIF masked_words(said) = '' THEN
        RAISE EXCEPTION 'reason_missing' USING ERRCODE = 'EK003';
    END IF;
    INSERT INTO ticket_note (ticket_id, actor_id, words) VALUES (own.id, acting_user(), left(masked_words(said), 4000))
    RETURNING id INTO made;
    PERFORM audit_ticket(own, 'note_ticket', jsonb_build_object('note', made));
    RETURN made;
END
$$;

-- How content who opened a ticket is with how it was solved, from 1 to 5.
CREATE OR REPLACE FUNCTION rate_ticket(asked_number text, asked_rating integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    own ticket;
BEGIN
    SELECT * INTO own FROM ticket AS k WHERE k.number = asked_number AND k.opened_by = acting_user() FOR UPDATE;
    IF own.id IS NULL THEN
        RAISE EXCEPTION 'not_found' USING ERRCODE = 'EK065';
    ELSIF own.state NOT IN ('selesai', 'tutup') OR coalesce(asked_rating NOT BETWEEN 1 AND 5, true) THEN
        RAISE EXCEPTION 'support_step' USING ERRCODE = 'EK253', DETAIL = own.state;
    END IF;
    UPDATE ticket AS k SET satisfaction = asked_rating, version = k.version + 1 WHERE k.id = own.id;
    PERFORM audit_ticket(own, 'rate_ticket', jsonb_build_object('rating', asked_rating));
END
$$;

-- Keeps the article that a ticket has become.
CREATE OR REPLACE FUNCTION set_ticket_article(asked_number text, slug text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    own ticket;
BEGIN
    SELECT * INTO own FROM ticket AS k WHERE k.number = asked_number FOR UPDATE;
    IF own.id IS NULL OR acting_user() IS NULL OR NOT handles_place(own.place) THEN
        RAISE EXCEPTION 'not_found' USING ERRCODE = 'EK065';
    ELSIF NOT coalesce(slug ~ '^[a-z0-9][a-z0-9-]{0,119}$', false) THEN
        RAISE EXCEPTION 'support_unknown' USING ERRCODE = 'EK255';
    END IF;
    UPDATE ticket AS k SET article_slug = slug, version = k.version + 1 WHERE k.id = own.id;
    PERFORM audit_ticket(own, 'link_ticket_article', jsonb_build_object('article', slug));
END
$$;

REVOKE ALL ON FUNCTION ticket_sides(ticket), has_handled(ticket), may_reopen(ticket), allowed_ticket_steps(text),
    ticket_handlers(text), judged_ticket(ticket, text, jsonb), move_ticket(ticket, text, text, text, text, jsonb),
    step_ticket(text, integer, text, text, jsonb), note_ticket(text, text), rate_ticket(text, integer),
    set_ticket_article(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION allowed_ticket_steps(text), ticket_handlers(text), step_ticket(text, integer, text, text, jsonb),
    note_ticket(text, text), rate_ticket(text, integer), set_ticket_article(text, text) TO app_web;
