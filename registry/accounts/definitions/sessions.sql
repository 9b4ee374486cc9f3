-- Sessions: a browser holds a random token, the table its hash. What opens one, what ends one, and who may see which.

-- Whether a session goes on: not ended, of the account as it is now, before its end, and not idle for too long.
CREATE OR REPLACE FUNCTION session_goes_on(held user_session) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT held.ended_at IS NULL AND now() < held.ends_at AND now() < held.seen_at + held.idle
        AND EXISTS (SELECT FROM app_user AS u
                    WHERE u.id = held.user_id AND u.active AND u.session_version = held.version)
$$;

-- Who a browser's token stands for: one look a request, which also says whether time has ended the session.
CREATE OR REPLACE FUNCTION session_of(asked_hash bytea)
RETURNS TABLE (user_id bigint, login text, display_name text, role text, territory text[], permissions text[],
               goes_on boolean, unseen_seconds double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT u.id, u.login, u.display_name, u.role, reach_of(u), permissions_of(u.role), session_goes_on(s),
        extract(epoch FROM now() - s.seen_at)
    FROM user_session AS s JOIN app_user AS u ON u.id = s.user_id
    WHERE s.token_hash = asked_hash AND s.ended_at IS NULL
$$;

-- Notes that somebody is there: once a minute at most, and never for a session that is over.
CREATE OR REPLACE FUNCTION touch_session(asked_hash bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    UPDATE user_session AS s SET seen_at = now()
    WHERE s.token_hash = asked_hash AND s.seen_at <= now() - interval '1 minute' AND session_goes_on(s)
$$;

-- Between the password and the pages: a token of its own, for five minutes, used up by the session that it opens.
CREATE OR REPLACE FUNCTION begin_half_sign_in(asked_user bigint, of_version integer, new_hash bytea, shown_factor boolean,
                                              shown_password boolean) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    DELETE FROM half_sign_in AS h WHERE h.user_id = asked_user AND h.begun_at <= now() - interval '5 minutes';
    INSERT INTO half_sign_in (token_hash, user_id, version, factor, password)
    VALUES (new_hash, asked_user, of_version, shown_factor, shown_password);
$$;

CREATE OR REPLACE FUNCTION half_sign_in_of(asked_hash bytea)
RETURNS TABLE (user_id bigint, login text, display_name text, role text, territory text[], permissions text[],
               factor boolean, password boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT u.id, u.login, u.display_name, u.role, reach_of(u), permissions_of(u.role), h.factor, h.password
    FROM half_sign_in AS h JOIN app_user AS u ON u.id = h.user_id
    WHERE h.token_hash = asked_hash AND h.begun_at > now() - interval '5 minutes'
        AND u.active AND u.session_version = h.version
$$;

-- The factor was shown: the half sign-in goes on under another token, and whoever holds the old one holds nothing.
CREATE OR REPLACE FUNCTION show_factor(asked_hash bytea, next_hash bytea) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    WITH shown AS (
        UPDATE half_sign_in SET token_hash = next_hash, factor = true, begun_at = now()
        WHERE token_hash = asked_hash AND begun_at > now() - interval '5 minutes'
        RETURNING 1
    )
    SELECT EXISTS (SELECT FROM shown)
$$;

-- Uses a half sign-in up and opens the session; false where it was used before, is too old, or asks for more.
CREATE OR REPLACE FUNCTION open_session(half_hash bytea, new_hash bytea, lasts interval, idles interval, seen_browser text,
                                        seen_network text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    half half_sign_in;
BEGIN
    DELETE FROM half_sign_in AS h WHERE h.token_hash = half_hash AND h.begun_at > now() - interval '5 minutes'
    RETURNING * INTO half;
    IF NOT EXISTS (
        SELECT FROM app_user AS u CROSS JOIN LATERAL sign_in_needs(u.id) AS needs
        WHERE u.id = half.user_id AND u.session_version = half.version AND (half.factor OR NOT needs.factor)
            AND NOT (needs.new_password AND half.password)) THEN
        RETURN false;
    END IF;
    INSERT INTO user_session (token_hash, user_id, version, ends_at, idle, browser, network)
    VALUES (new_hash, half.user_id, half.version, now() + lasts, idles, seen_browser, seen_network);
    PERFORM note_sign_in('sign_in', half.user_id, jsonb_build_object(
        'method', CASE WHEN half.password THEN 'password' ELSE 'provider' END, 'factor', half.factor));
    RETURN true;
END
$$;

-- Ends the session of a browser's token, at the sign-out or because another sign-in takes its place there.
CREATE OR REPLACE FUNCTION end_session(asked_hash bytea, why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    whose bigint;
BEGIN
    IF why NOT IN ('signed_out', 'replaced') THEN
        RAISE EXCEPTION 'may not end a session as %', why USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE user_session SET ended_at = now(), end_reason = why
    WHERE token_hash = asked_hash AND ended_at IS NULL RETURNING user_id INTO whose;
    PERFORM note_sign_in('sign_out', whose, jsonb_build_object('reason', why));
END
$$;

-- What time has ended, with when and why; all of it, or the session of one token. Answers how many.
CREATE OR REPLACE FUNCTION end_sessions_over(asked_hash bytea) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    WITH finished AS (
        UPDATE user_session AS s SET ended_at = least(s.ends_at, s.seen_at + s.idle),
            end_reason = CASE WHEN s.ends_at <= s.seen_at + s.idle THEN 'time' ELSE 'idle' END
        WHERE s.ended_at IS NULL AND (asked_hash IS NULL OR s.token_hash = asked_hash)
            AND least(s.ends_at, s.seen_at + s.idle) <= now()
        RETURNING s.user_id, s.end_reason
    ),
    noted AS (
        INSERT INTO audit_log (actor, action, subject, subject_id, after)
        SELECT 'system', 'end_session', 'account', f.user_id, jsonb_build_object('reason', f.end_reason) FROM finished AS f
    )
    SELECT count(*) FROM finished
$$;

-- A changed account ends its sessions and half sign-ins; the one that made the change was moved to the new version before.
CREATE OR REPLACE FUNCTION close_sessions() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    ended bigint;
BEGIN
    DELETE FROM half_sign_in WHERE user_id = NEW.id AND version < NEW.session_version;
    UPDATE user_session SET ended_at = now(), end_reason = 'account'
    WHERE user_id = NEW.id AND ended_at IS NULL AND version < NEW.session_version;
    GET DIAGNOSTICS ended = ROW_COUNT;
    IF ended > 0 THEN
        PERFORM note_ended(NEW.id, 'account', ended);
    END IF;
    IF NEW.password_hash IS DISTINCT FROM OLD.password_hash THEN
        DELETE FROM sign_in_refusal WHERE name_hash = sign_in_name(NEW.login) AND kind = 'password';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER close_sessions AFTER UPDATE ON app_user FOR EACH ROW
WHEN (OLD.session_version IS DISTINCT FROM NEW.session_version) EXECUTE FUNCTION close_sessions();

CREATE OR REPLACE FUNCTION note_ended(whose bigint, why text, sessions bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, after)
    VALUES (acting_user(), acting_login(), 'end_session', 'account', whose,
            jsonb_build_object('reason', why, 'sessions', sessions))
$$;

-- Before the acting person's password changes: this browser's session, or half sign-in, goes over to the account's next
-- version, the session under another token.
CREATE OR REPLACE FUNCTION keep_session(own_hash bytea, next_hash bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    UPDATE user_session AS s SET token_hash = next_hash, version = s.version + 1
    WHERE s.token_hash = own_hash AND s.user_id = acting_user() AND session_goes_on(s);
    UPDATE half_sign_in AS h SET version = h.version + 1 WHERE h.token_hash = own_hash AND h.user_id = acting_user();
$$;

-- The sessions of the acting person that go on, newest first, with how many there are; own: that of this browser.
CREATE OR REPLACE FUNCTION own_sessions(own_hash bytea, row_limit integer)
RETURNS TABLE (session_id bigint, own boolean, begun_at timestamptz, seen_at timestamptz, browser text, network text,
               total bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT s.id, s.token_hash = own_hash, s.begun_at, s.seen_at, s.browser, s.network, count(*) OVER ()
    FROM user_session AS s
    WHERE s.user_id = acting_user() AND session_goes_on(s)
    ORDER BY s.token_hash = own_hash DESC, s.seen_at DESC, s.id DESC
    LIMIT row_limit
$$;

-- When the acting person was last here before the session of this browser; null where no earlier session is kept.
CREATE OR REPLACE FUNCTION last_here(own_hash bytea) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT max(least(s.seen_at, own.begun_at))
    FROM user_session AS own
    JOIN user_session AS s ON s.user_id = own.user_id AND s.begun_at < own.begun_at
    WHERE own.token_hash = own_hash AND own.user_id = acting_user()
$$;

-- Ends one session of the acting person, or without a number all but that of this browser. Answers how many.
CREATE OR REPLACE FUNCTION end_own_sessions(asked_id bigint, own_hash bytea) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    ended bigint;
BEGIN
    UPDATE user_session AS s SET ended_at = now(), end_reason = 'owner'
    WHERE s.user_id = acting_user() AND session_goes_on(s) AND s.token_hash IS DISTINCT FROM own_hash
        AND (asked_id IS NULL OR s.id = asked_id);
    GET DIAGNOSTICS ended = ROW_COUNT;
    IF asked_id IS NULL THEN
        DELETE FROM half_sign_in WHERE user_id = acting_user();
    END IF;
    IF ended > 0 THEN
        PERFORM note_ended(acting_user(), 'owner', ended);
    END IF;
    RETURN ended;
END
$$;

-- Ends every session of an account and forgets its browsers. Answers how many sessions.
CREATE OR REPLACE FUNCTION end_every_session(asked_user bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    ended bigint;
BEGIN
    DELETE FROM half_sign_in WHERE user_id = asked_user;
    DELETE FROM known_browser WHERE user_id = asked_user;
    UPDATE user_session AS s SET ended_at = now(), end_reason = 'administrator'
    WHERE s.user_id = asked_user AND session_goes_on(s);
    GET DIAGNOSTICS ended = ROW_COUNT;
    PERFORM note_ended(asked_user, 'administrator', ended);
    RETURN ended;
END
$$;

CREATE OR REPLACE FUNCTION end_sessions_of(asked_user bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF NOT administers() OR acting_user() IS NULL THEN
        RAISE EXCEPTION 'may not administer' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (SELECT FROM app_user WHERE id = asked_user) THEN
        RETURN NULL;
    END IF;
    RETURN end_every_session(asked_user);
END
$$;

-- Once a day: what time has ended is ended, and what nobody needs any more is forgotten. Answers how many were ended.
CREATE OR REPLACE FUNCTION sweep_sessions() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    DELETE FROM user_session WHERE ended_at < now() - interval '30 days';
    DELETE FROM half_sign_in WHERE begun_at <= now() - interval '5 minutes';
    DELETE FROM known_browser WHERE used_at < now() - interval '180 days';
    DELETE FROM sign_in_refusal WHERE at < now() - interval '1 day';
    SELECT end_sessions_over(NULL);
$$;

REVOKE ALL ON FUNCTION session_goes_on(user_session), session_of(bytea), touch_session(bytea),
    begin_half_sign_in(bigint, integer, bytea, boolean, boolean), half_sign_in_of(bytea), show_factor(bytea, bytea),
    open_session(bytea, bytea, interval, interval, text, text), end_session(bytea, text), end_sessions_over(bytea),
    close_sessions(), note_ended(bigint, text, bigint), keep_session(bytea, bytea), own_sessions(bytea, integer),
    last_here(bytea), end_own_sessions(bigint, bytea), end_every_session(bigint), end_sessions_of(bigint), sweep_sessions() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION session_of(bytea), touch_session(bytea),
    begin_half_sign_in(bigint, integer, bytea, boolean, boolean), half_sign_in_of(bytea), show_factor(bytea, bytea),
    open_session(bytea, bytea, interval, interval, text, text), end_session(bytea, text), end_sessions_over(bytea),
    keep_session(bytea, bytea), own_sessions(bytea, integer), last_here(bytea), end_own_sessions(bigint, bytea),
    end_sessions_of(bigint) TO app_web;
