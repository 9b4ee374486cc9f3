-- What the portal may do with tickets: send one, follow it with reference and secret, reply. It reads no table; a wrong pair and
-- one that is none are one look-up that misses. Who handles a ticket is not named, and its number is not told.

CREATE POLICY read_handled ON ticket_public FOR SELECT TO app_web
USING (EXISTS (SELECT FROM ticket AS t WHERE t.id = ticket_public.ticket_id AND handles_place(t.place)));
GRANT SELECT (ticket_id, reference) ON ticket_public TO app_web;

-- Takes in a ticket of somebody who has no account; answers whether it was one.
CREATE OR REPLACE FUNCTION portal.send_ticket(new_reference text, new_secret bytea, asked_kind text, title text, said text,
    was_seen boolean, wished_district text, contact_name text, telephone text, mail text, asked_language text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    made ticket;
BEGIN
    IF masked_words(title) = '' OR masked_words(said) = '' OR asked_kind NOT IN ('akaun', 'data', 'ralat', 'peta', 'bantuan', 'cadangan', 'lain') THEN
        RETURN false;
    END IF;
    PERFORM set_config('app.login', 'portal', true);
    made := put_ticket(asked_kind, title, said, was_seen, CASE WHEN asked_kind IN ('cadangan', 'lain') THEN 4 ELSE 3 END,
                       wished_district, '');
    INSERT INTO ticket_contact (ticket_id, name, phone, email, language)
    VALUES (made.id, left(contact_name, 120), left(telephone, 20), left(mail, 254), left(asked_language, 2));
    INSERT INTO ticket_public (ticket_id, reference, secret) VALUES (made.id, new_reference, new_secret);
    RETURN true;
END
$$;

-- The ticket of a reference and its secret; none for a pair that is wrong.
CREATE OR REPLACE FUNCTION public_ticket(asked_reference text, asked_secret bytea) RETURNS ticket
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT k.* FROM ticket_public AS p JOIN ticket AS k ON k.id = p.ticket_id
    WHERE p.reference = asked_reference AND p.secret = asked_secret
$$;

-- How far a ticket is, and what its reporter may do now.
CREATE OR REPLACE FUNCTION portal.follow_ticket(asked_reference text, asked_secret bytea)
RETURNS TABLE (subject text, state text, opened_at timestamptz, may_reply boolean, may_reopen boolean, may_rate boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    own ticket := public_ticket(asked_reference, asked_secret);
BEGIN
    INSERT INTO audit_log (actor, action, subject, subject_id, after)
    VALUES ('portal', 'follow_ticket', 'ticket', own.id, jsonb_build_object('known', own.id IS NOT NULL));
    IF own.id IS NOT NULL THEN
        RETURN QUERY SELECT own.subject, own.state, own.opened_at, is_open_ticket(own.state),
            own.state IN ('selesai', 'tutup') AND may_reopen(own), own.state IN ('selesai', 'tutup') AND own.satisfaction IS NULL;
    END IF;
END
$$;

-- What was said of it by either side; internal notes and who was given it are no part of it.
CREATE OR REPLACE FUNCTION portal.ticket_thread(asked_reference text, asked_secret bytea)
RETURNS TABLE (at timestamptz, side text, action text, words text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT s.at, s.side, s.action, s.words
    FROM public_ticket(asked_reference, asked_secret) AS k
    JOIN ticket_step AS s ON s.ticket_id = k.id
    WHERE s.action IN ('buka', 'jawab', 'tanya', 'balas', 'selesai', 'buka_semula') ORDER BY s.id
$$;

-- Adds what its reporter says: a reply while it is open, a reopening within the days for that. Answers whether it was added.
CREATE OR REPLACE FUNCTION portal.reply_ticket(asked_reference text, asked_secret bytea, said text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    own ticket := public_ticket(asked_reference, asked_secret);
    step ticket_transition;
BEGIN
    SELECT * INTO own FROM ticket AS k WHERE k.id = own.id FOR UPDATE;
    SELECT t.* INTO step FROM ticket_transition AS t
    WHERE t.from_state = own.state AND (t.action = 'balas' OR t.action = 'buka_semula' AND may_reopen(own));
    IF step.action IS NULL OR masked_words(said) = '' THEN
        RETURN false;
    END IF;
    PERFORM set_config('app.login', 'portal', true);
    PERFORM move_ticket(own, step.action, step.to_state, 'pelapor', left(masked_words(said), 4000), '{}');
    RETURN true;
END
$$;

-- Keeps how content its reporter is.
CREATE OR REPLACE FUNCTION portal.rate_ticket(asked_reference text, asked_secret bytea, asked_rating integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    own ticket := public_ticket(asked_reference, asked_secret);
BEGIN
    UPDATE ticket AS k SET satisfaction = asked_rating, version = k.version + 1
    WHERE k.id = own.id AND k.state IN ('selesai', 'tutup') AND k.satisfaction IS NULL AND asked_rating BETWEEN 1 AND 5;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM set_config('app.login', 'portal', true);
    PERFORM audit_ticket(own, 'rate_ticket', jsonb_build_object('rating', asked_rating));
    RETURN true;
END
$$;

REVOKE ALL ON FUNCTION portal.send_ticket(text, bytea, text, text, text, boolean, text, text, text, text, text),
    public_ticket(text, bytea), portal.follow_ticket(text, bytea), portal.ticket_thread(text, bytea),
    portal.reply_ticket(text, bytea, text), portal.rate_ticket(text, bytea, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal.send_ticket(text, bytea, text, text, text, boolean, text, text, text, text, text),
    portal.follow_ticket(text, bytea), portal.ticket_thread(text, bytea), portal.reply_ticket(text, bytea, text),
    portal.rate_ticket(text, bytea, integer) TO app_public;
