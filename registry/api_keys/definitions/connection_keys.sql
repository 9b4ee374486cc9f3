-- Keys of people for their own tools, which read what the person may read; and who stands behind a key of either kind.

INSERT INTO setting (key, value, least, most, step) VALUES
    ('ogc.per_minute', '600', 10, 100000, 10)
ON CONFLICT (key) DO UPDATE SET least = EXCLUDED.least, most = EXCLUDED.most, step = EXCLUDED.step;

-- Everybody sees their own, who keeps keys all of them; the hash is read by nobody.
CREATE POLICY read_own ON connection_key FOR SELECT TO app_web
USING (user_id = (SELECT acting_user()) OR (SELECT keeps_api_keys()));
GRANT SELECT (id, user_id, client_id, name, ending, made_at, expires_on, revoked_at, last_used_at) ON connection_key TO app_web;

-- Whether a key holds: not ended, of the account as it was when it was made, within its days.
CREATE OR REPLACE FUNCTION connection_key_holds(asked connection_key) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT asked.revoked_at IS NULL AND (now() AT TIME ZONE 'Asia/Kuala_Lumpur')::date <= asked.expires_on
        AND EXISTS (SELECT FROM app_user AS u
                    WHERE u.id = asked.user_id AND u.active AND NOT u.machine AND u.session_version = asked.version)
$$;

-- How each of the keys that who asks may see stands, with whose it is.
CREATE OR REPLACE FUNCTION connection_keys_seen()
RETURNS TABLE (id bigint, own boolean, owner_name text, standing text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT k.id, k.user_id = acting_user(), u.display_name,
        CASE WHEN k.revoked_at IS NOT NULL THEN 'ended' WHEN connection_key_holds(k) THEN 'holds' ELSE 'over' END
    FROM connection_key AS k JOIN app_user AS u ON u.id = k.user_id
    WHERE k.user_id = acting_user() OR keeps_api_keys()
$$;

CREATE OR REPLACE FUNCTION note_connection_key(done text, asked connection_key) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, after)
    VALUES (acting_user(), acting_login(), done, 'connection_key', asked.id,
            jsonb_build_object('client_id', asked.client_id, 'name', asked.name, 'expires_on', asked.expires_on))
$$;

-- A key of who acts, for so many days. SQLSTATE EK285: there are five that hold.
CREATE OR REPLACE FUNCTION make_connection_key(asked_client text, asked_name text, hash bytea, asked_ending text, days integer)
RETURNS date
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    own app_user;
    made connection_key;
BEGIN
    SELECT * INTO own FROM app_user AS u WHERE u.id = acting_user() AND u.active AND NOT u.machine FOR UPDATE;
    IF own.id IS NULL OR NOT may('read_aggregates') OR days NOT BETWEEN 1 AND 92 THEN
        RAISE EXCEPTION 'may not make a key' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (SELECT count(*) FROM connection_key AS k WHERE k.user_id = own.id AND connection_key_holds(k)) >= 5 THEN
        RAISE EXCEPTION 'connection_keys_many' USING ERRCODE = 'EK285';
    END IF;
    INSERT INTO connection_key (user_id, version, client_id, name, secret_hash, ending, expires_on)
    VALUES (own.id, own.session_version, asked_client, asked_name, hash, asked_ending,
            (now() AT TIME ZONE 'Asia/Kuala_Lumpur')::date + days)
    RETURNING * INTO made;
    PERFORM note_connection_key('make_connection_key', made);
    RETURN made.expires_on;
END
$$;

-- Ends a key at once, for whose it is and for who keeps keys.
CREATE OR REPLACE FUNCTION end_connection_key(asked bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    ended connection_key;
BEGIN
    UPDATE connection_key AS k SET revoked_at = now()
    WHERE k.id = asked AND k.revoked_at IS NULL AND (k.user_id = acting_user() OR keeps_api_keys())
    RETURNING * INTO ended;
    IF ended.id IS NULL THEN
        RAISE EXCEPTION 'not_found' USING ERRCODE = 'EK065';
    END IF;
    PERFORM note_connection_key('end_connection_key', ended);
END
$$;

-- Who stands behind an id and a secret: a person's own key, or a key of an agency that may read areas. No row where
-- neither holds.
CREATE OR REPLACE FUNCTION connection_of(asked_client text, hash bytea)
RETURNS TABLE (user_id bigint, login text, display_name text, role text, territory text[], permissions text[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    who bigint;
BEGIN
    SELECT k.user_id INTO who FROM connection_key AS k
    WHERE k.client_id = asked_client AND k.secret_hash = hash AND connection_key_holds(k);
    IF who IS NOT NULL THEN
        UPDATE connection_key AS k SET last_used_at = now()
        WHERE k.client_id = asked_client AND k.last_used_at IS DISTINCT FROM now()
            AND coalesce(k.last_used_at, '-infinity') < now() - interval '1 minute';
    ELSE
        SELECT a.user_id INTO who FROM api_key_of(asked_client, hash) AS k JOIN api_key AS a ON a.id = k.key_id
        WHERE 'areas.read' = ANY (k.scopes);
        UPDATE api_key AS a SET last_used_at = now()
        WHERE a.user_id = who AND coalesce(a.last_used_at, '-infinity') < now() - interval '1 minute';
    END IF;
    RETURN QUERY
        SELECT u.id, u.login, u.display_name, u.role, reach_of(u), account_permissions(u) FROM app_user AS u
        WHERE u.id = who AND u.active;
END
$$;

-- what was done to one's own keys
CREATE POLICY read_own_connection_keys ON audit_log FOR SELECT TO app_web
USING (subject = 'connection_key' AND actor_id = (SELECT acting_user()));

REVOKE ALL ON FUNCTION connection_key_holds(connection_key), connection_keys_seen(),
    note_connection_key(text, connection_key), make_connection_key(text, text, bytea, text, integer),
    end_connection_key(bigint), connection_of(text, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION connection_keys_seen(), make_connection_key(text, text, bytea, text, integer),
    end_connection_key(bigint), connection_of(text, bytea) TO app_web;
