-- Keys of programs: what each may, who keeps them, the tokens that are given for their secrets, and how often each asks.

INSERT INTO setting (key, value, least, most, step) VALUES
    ('api.per_minute', '120', 1, 10000, 1),
    ('api.rotate_hours', '24', 0, 720, 1),
    ('api.token_minutes', '60', 5, 1440, 5)
ON CONFLICT (key) DO UPDATE SET least = EXCLUDED.least, most = EXCLUDED.most, step = EXCLUDED.step;

-- What each scope opens. An application may be read without a right to move it: that right no role has.
CREATE OR REPLACE FUNCTION api_scopes() RETURNS TABLE (scope text, permission text)
LANGUAGE sql IMMUTABLE
AS $$
    VALUES ('programmes.read', NULL), ('aid.write', 'deliver_aid_lines'), ('aid.read', 'deliver_aid_lines'),
        ('needs.check', 'check_status'), ('targets.read', 'build_targets'), ('applications.read', 'read_applications'),
        ('applications.check', 'check_aid'), ('applications.decide', 'approve_aid'), ('applications.deliver', 'deliver_aid'),
        ('areas.read', 'read_aggregates')
$$;

-- What the account of a key may do: what its scopes open, of what its role may; nothing where the key is over.
CREATE OR REPLACE FUNCTION key_permissions(of_user bigint, of_role text[]) RETURNS text[]
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT coalesce(array_agg(DISTINCT s.permission), '{}')
    FROM api_key AS k JOIN api_scopes() AS s ON s.scope = ANY (k.scopes)
    WHERE k.user_id = of_user AND api_key_holds(k) AND (
        s.permission = ANY (of_role)
        OR s.permission = 'read_applications'
            AND of_role && ARRAY['apply_aid', 'check_aid', 'approve_aid', 'deliver_aid', 'decide_appeal'])
$$;

CREATE OR REPLACE FUNCTION api_key_holds(asked api_key) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$ SELECT asked.revoked_at IS NULL AND (now() AT TIME ZONE 'Asia/Kuala_Lumpur')::date <= asked.expires_on $$;

CREATE OR REPLACE FUNCTION keeps_api_keys() RETURNS boolean LANGUAGE sql STABLE
AS $$ SELECT ekasih.administers() AND ekasih.nationwide() $$;

CREATE OR REPLACE FUNCTION api_secret_holds(asked api_secret) RETURNS boolean
LANGUAGE sql STABLE
AS $$ SELECT asked.ends_at IS NULL OR asked.ends_at > now() $$;

-- Keys are kept by who administers the country; hashes of secrets and tokens are read by nobody.
CREATE POLICY keep ON api_key FOR SELECT TO app_web USING ((SELECT keeps_api_keys()));
CREATE POLICY keep ON api_secret FOR SELECT TO app_web USING ((SELECT keeps_api_keys()));
CREATE POLICY keep ON api_use FOR SELECT TO app_web USING ((SELECT keeps_api_keys()));
GRANT SELECT ON api_key, api_use TO app_web;
GRANT SELECT (id, key_id, ending, made_at, ends_at) ON api_secret TO app_web;

-- Writes down what is done to a key; the secret is in no entry.
CREATE OR REPLACE FUNCTION note_api_key(done text, asked api_key, facts jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, after)
    VALUES (acting_user(), acting_login(), done, 'api_key', asked.id,
            jsonb_build_object('client_id', asked.client_id, 'name', asked.name) || facts)
$$;

-- A key of an agency, or of one of its offices, with an account of its own and its first secret. SQLSTATE EK130: the
-- agency or the office is none.
CREATE OR REPLACE FUNCTION issue_api_key(asked_client text, asked_name text, asked_agency integer, asked_office text,
                                         asked_scopes text[], last_day date, hash bytea, ending text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    within text[];
    acts_as bigint;
    made api_key;
BEGIN
    IF NOT keeps_api_keys() OR acting_user() IS NULL THEN
        RAISE EXCEPTION 'may not keep keys' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT coalesce(o.territory, a.areas) INTO within
    FROM agency AS a LEFT JOIN office AS o ON o.agency_id = a.id AND o.code = asked_office
    WHERE a.id = asked_agency AND (asked_office IS NULL OR o.code IS NOT NULL);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'api_key_agency' USING ERRCODE = 'EK130';
    END IF;
    INSERT INTO app_user (login, display_name, role, territory, password_hash, must_change, machine, agency_id, office_code)
    VALUES (asked_client, asked_name, 'agency', within, '', false, true, asked_agency, asked_office) RETURNING id INTO acts_as;
    INSERT INTO api_key (client_id, name, agency_id, office_code, user_id, scopes, expires_on, created_by)
    VALUES (asked_client, asked_name, asked_agency, asked_office, acts_as, asked_scopes, last_day, acting_user())
    RETURNING * INTO made;
    INSERT INTO api_secret (key_id, secret_hash, ending) VALUES (made.id, hash, issue_api_key.ending);
    PERFORM note_api_key('issue_api_key', made, jsonb_build_object('scopes', array_to_string(asked_scopes, ' '), 'expires_on', last_day));
    RETURN made.id;
END
$$;

-- A key that holds, locked, for who keeps keys; SQLSTATE EK131 where it is over.
CREATE OR REPLACE FUNCTION api_key_to_change(asked integer) RETURNS api_key
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    found api_key;
BEGIN
    IF NOT keeps_api_keys() OR acting_user() IS NULL THEN
        RAISE EXCEPTION 'may not keep keys' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO found FROM api_key AS k WHERE k.id = asked FOR UPDATE;
    IF found.id IS NULL THEN
        RAISE EXCEPTION 'not_found' USING ERRCODE = 'EK065';
    END IF;
    IF found.revoked_at IS NOT NULL THEN
        RAISE EXCEPTION 'api_key_over' USING ERRCODE = 'EK131';
    END IF;
    RETURN found;
END
$$;

-- Other scopes, another last day; tokens that are out may no more than the key from now on.
CREATE OR REPLACE FUNCTION change_api_key(asked integer, asked_scopes text[], last_day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    held api_key := api_key_to_change(asked);
BEGIN
    UPDATE api_key AS k SET scopes = asked_scopes, expires_on = last_day WHERE k.id = asked;
    PERFORM note_api_key('change_api_key', held, jsonb_build_object('scopes', array_to_string(asked_scopes, ' '), 'expires_on', last_day));
END
$$;

-- Another secret; those before hold for some hours yet, or end now.
CREATE OR REPLACE FUNCTION rotate_api_key(asked integer, hash bytea, ending text, at_once boolean) RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    held api_key := api_key_to_change(asked);
    hours integer := CASE WHEN at_once THEN 0 ELSE coalesce(
        (SELECT (value #>> '{}')::integer FROM setting WHERE key = 'api.rotate_hours'), 24) END;
    until timestamptz := now() + make_interval(hours => hours);
BEGIN
    UPDATE api_secret AS s SET ends_at = least(s.ends_at, until) WHERE s.key_id = asked;
    INSERT INTO api_secret (key_id, secret_hash, ending) VALUES (asked, hash, rotate_api_key.ending);
    PERFORM note_api_key('rotate_api_key', held, jsonb_build_object('hours', hours));
    RETURN until;
END
$$;

-- Ends a key at once, with its tokens and its account.
CREATE OR REPLACE FUNCTION revoke_api_key(asked integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    held api_key := api_key_to_change(asked);
BEGIN
    UPDATE api_key AS k SET revoked_at = now() WHERE k.id = asked;
    UPDATE app_user AS u SET active = false WHERE u.id = held.user_id;
    DELETE FROM api_token AS t USING api_secret AS s WHERE s.id = t.secret_id AND s.key_id = asked;
    PERFORM note_api_key('revoke_api_key', held, '{}');
END
$$;

-- The key of a client id, where its secret is this one and both hold.
CREATE OR REPLACE FUNCTION api_key_of(asked_client text, hash bytea)
RETURNS TABLE (key_id integer, secret_id bigint, scopes text[], token_minutes integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT k.id, s.id, k.scopes, coalesce((SELECT (value #>> '{}')::integer FROM setting WHERE key = 'api.token_minutes'), 60)
    FROM api_key AS k
    JOIN api_secret AS s ON s.key_id = k.id
    JOIN app_user AS u ON u.id = k.user_id
    WHERE k.client_id = asked_client AND s.secret_hash = hash AND api_key_holds(k) AND api_secret_holds(s) AND u.active
$$;

-- Keeps a token that was given for a secret; those that have expired go. False where so many were given within a minute
-- that something is amiss with who asks.
CREATE OR REPLACE FUNCTION keep_api_token(of_secret bigint, hash bytea, asked_scopes text[], seconds integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    of_key integer := (SELECT s.key_id FROM api_secret AS s WHERE s.id = of_secret);
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('ekasih.api_token', of_key));
    DELETE FROM api_token AS t USING api_secret AS s WHERE s.id = t.secret_id AND s.key_id = of_key AND t.expires_at <= now();
    IF (SELECT count(*) FROM api_token AS t JOIN api_secret AS s ON s.id = t.secret_id
        WHERE s.key_id = of_key AND t.issued_at > clock_timestamp() - interval '1 minute') >= 10 THEN
        RETURN false;
    END IF;
    INSERT INTO api_token (token_hash, secret_id, scopes, expires_at)
    VALUES (hash, of_secret, asked_scopes, now() + make_interval(secs => seconds));
    -- of nobody: no person has changed the register by it
    INSERT INTO audit_log (actor, action, subject, subject_id, after)
    SELECT u.login, 'take_api_token', 'api_key', of_key, jsonb_build_object('scopes', array_to_string(asked_scopes, ' '))
    FROM api_key AS k JOIN app_user AS u ON u.id = k.user_id WHERE k.id = of_key;
    RETURN true;
END
$$;

-- Who a token stands for, and one call more of its key: how long to wait where it has had its turns of this minute, else
-- none. No row for a token that is none, is over, or whose key is.
CREATE OR REPLACE FUNCTION api_caller(hash bytea)
RETURNS TABLE (user_id bigint, login text, display_name text, role text, territory text[], permissions text[],
               agency_code text, scopes text[], wait_seconds double precision, most integer, turns_left integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    held api_key;
    acts_as app_user;
    given text[];
    taken integer;
    first_at timestamptz;
    today date := (now() AT TIME ZONE 'Asia/Kuala_Lumpur')::date;
BEGIN
    SELECT k.* INTO held FROM api_token AS t JOIN api_secret AS s ON s.id = t.secret_id JOIN api_key AS k ON k.id = s.key_id
    WHERE t.token_hash = hash AND t.expires_at > now() AND api_secret_holds(s) AND api_key_holds(k);
    SELECT u.* INTO acts_as FROM app_user AS u WHERE u.id = held.user_id AND u.active;
    IF acts_as.id IS NULL THEN
        RETURN;
    END IF;
    SELECT t.scopes INTO given FROM api_token AS t WHERE t.token_hash = hash;
    most := coalesce((SELECT (value #>> '{}')::integer FROM setting WHERE key = 'api.per_minute'), 120);
    PERFORM pg_advisory_xact_lock(hashtextextended('ekasih.turn api', acts_as.id));
    DELETE FROM dear_request AS d WHERE d.user_id = acts_as.id AND d.at <= clock_timestamp() - interval '1 minute';
    SELECT count(*), min(d.at) INTO taken, first_at FROM dear_request AS d WHERE d.user_id = acts_as.id AND d.kind = 'api';
    IF taken >= most THEN
        wait_seconds := greatest(1, extract(epoch FROM first_at + interval '1 minute' - clock_timestamp()));
    ELSE
        wait_seconds := 0;
        INSERT INTO dear_request (user_id, kind) VALUES (acts_as.id, 'api');
        UPDATE api_key AS k SET last_used_at = now() WHERE k.id = held.id;
    END IF;
    INSERT INTO api_use AS u (key_id, day, calls, refused)
    VALUES (held.id, today, (wait_seconds = 0)::integer, (wait_seconds > 0)::integer)
    ON CONFLICT (key_id, day) DO UPDATE SET calls = u.calls + EXCLUDED.calls, refused = u.refused + EXCLUDED.refused;
    RETURN QUERY
        SELECT acts_as.id, acts_as.login, acts_as.display_name, acts_as.role, reach_of(acts_as), account_permissions(acts_as),
            (SELECT a.code FROM agency AS a WHERE a.id = held.agency_id),
            ARRAY(SELECT unnest(given) INTERSECT SELECT unnest(held.scopes)), wait_seconds, most,
            greatest(0, most - taken - 1);
END
$$;

-- Whether a token is one that holds: asked before a large body is read, and no call.
CREATE OR REPLACE FUNCTION is_api_token(hash bytea) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM api_token AS t JOIN api_secret AS s ON s.id = t.secret_id JOIN api_key AS k ON k.id = s.key_id
        WHERE t.token_hash = hash AND t.expires_at > now() AND api_secret_holds(s) AND api_key_holds(k))
$$;

-- Ends a token, for who holds it.
CREATE OR REPLACE FUNCTION end_api_token(of_key integer, hash bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    DELETE FROM api_token AS t USING api_secret AS s
    WHERE t.token_hash = hash AND s.id = t.secret_id AND s.key_id = of_key
$$;

-- who keeps keys, and a program for itself, reads what was written down of it
CREATE POLICY read_own_api_keys ON audit_log FOR SELECT TO app_web
USING (subject = 'api_key' AND actor_id = (SELECT acting_user()));

REVOKE ALL ON FUNCTION key_permissions(bigint, text[]), api_key_holds(api_key), api_secret_holds(api_secret),
    note_api_key(text, api_key, jsonb), issue_api_key(text, text, integer, text, text[], date, bytea, text),
    api_key_to_change(integer), change_api_key(integer, text[], date), rotate_api_key(integer, bytea, text, boolean),
    revoke_api_key(integer), api_key_of(text, bytea), keep_api_token(bigint, bytea, text[], integer), api_caller(bytea),
    end_api_token(integer, bytea), is_api_token(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION api_key_holds(api_key), issue_api_key(text, text, integer, text, text[], date, bytea, text),
    change_api_key(integer, text[], date), rotate_api_key(integer, bytea, text, boolean), revoke_api_key(integer),
    api_key_of(text, bytea), keep_api_token(bigint, bytea, text[], integer), api_caller(bytea),
    end_api_token(integer, bytea), is_api_token(bytea) TO app_web;
