-- Sessions that end with the account as it was, refused sign-ins that are remembered, and who may change a role.

-- A session carries the version of its account: what changes who someone is ends every session of that account.
CREATE OR REPLACE FUNCTION end_sessions() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF (NEW.role, NEW.territory, NEW.active, NEW.password_hash)
        IS DISTINCT FROM (OLD.role, OLD.territory, OLD.active, OLD.password_hash) THEN
        NEW.session_version := OLD.session_version + 1;
    END IF;
    RETURN NEW;
END
$$;

DROP TRIGGER IF EXISTS end_sessions ON app_user;
CREATE TRIGGER end_sessions BEFORE UPDATE ON app_user FOR EACH ROW EXECUTE FUNCTION end_sessions();

DROP FUNCTION sign_in_lookup(text);
CREATE FUNCTION sign_in_lookup(sign_in text)
RETURNS TABLE (user_id bigint, login text, display_name text, role text, territory text[], permissions text[],
               session_version integer, password_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT u.id, u.login, u.display_name, u.role, territory_districts(u.territory), permissions_of(u.role),
        u.session_version, u.password_hash
    FROM app_user AS u
    WHERE u.login = lower(btrim(sign_in)) AND u.active
$$;

DROP FUNCTION principal_of(bigint);
CREATE FUNCTION principal_of(asked_user bigint)
RETURNS TABLE (user_id bigint, login text, display_name text, role text, territory text[], permissions text[],
               session_version integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT u.id, u.login, u.display_name, u.role, territory_districts(u.territory), permissions_of(u.role),
        u.session_version
    FROM app_user AS u
    WHERE u.id = asked_user AND u.active
$$;

-- How long to wait before the next try: 8 refusals in 15 minutes for a name from an address, 60 for an address.
CREATE OR REPLACE FUNCTION sign_in_wait(asked_login text, asked_address text) RETURNS double precision
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    WITH lately AS (
        SELECT r.login, r.at FROM sign_in_refusal AS r
        WHERE r.address = asked_address AND r.at > clock_timestamp() - interval '15 minutes'
    ),
    ends AS (
        (SELECT at FROM lately WHERE login = asked_login ORDER BY at DESC OFFSET 7 LIMIT 1)
        UNION ALL
        (SELECT at FROM lately ORDER BY at DESC OFFSET 59 LIMIT 1)
    )
    SELECT coalesce(greatest(0, extract(epoch FROM max(at) + interval '15 minutes' - clock_timestamp())), 0) FROM ends
$$;

CREATE OR REPLACE FUNCTION sign_in_refused(asked_login text, asked_address text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    DELETE FROM sign_in_refusal WHERE at < clock_timestamp() - interval '15 minutes';
    INSERT INTO sign_in_refusal (login, address) VALUES (asked_login, asked_address);
$$;

CREATE OR REPLACE FUNCTION sign_in_accepted(asked_login text, asked_address text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$ DELETE FROM sign_in_refusal WHERE login = asked_login AND address = asked_address $$;

REVOKE ALL ON FUNCTION sign_in_lookup(text), principal_of(bigint), sign_in_wait(text, text), sign_in_refused(text, text),
    sign_in_accepted(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sign_in_lookup(text), principal_of(bigint), sign_in_wait(text, text),
    sign_in_refused(text, text), sign_in_accepted(text, text) TO app_web;
