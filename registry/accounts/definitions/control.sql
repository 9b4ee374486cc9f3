-- Accounts whose version rises with what changes them, and what a sign-in reads of one.

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

CREATE TRIGGER end_sessions BEFORE UPDATE ON app_user FOR EACH ROW EXECUTE FUNCTION end_sessions();

-- Sign-in: the only way app_web reaches a password hash, one account at a time.
CREATE OR REPLACE FUNCTION sign_in_lookup(sign_in text)
RETURNS TABLE (user_id bigint, login text, display_name text, role text, territory text[], permissions text[],
               session_version integer, password_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT u.id, u.login, u.display_name, u.role, reach_of(u), permissions_of(u.role),
        u.session_version, u.password_hash
    FROM app_user AS u
    WHERE u.login = lower(btrim(sign_in)) AND u.active AND NOT u.machine
$$;

CREATE OR REPLACE FUNCTION principal_of(asked_user bigint)
RETURNS TABLE (user_id bigint, login text, display_name text, role text, territory text[], permissions text[],
               session_version integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT u.id, u.login, u.display_name, u.role, reach_of(u), permissions_of(u.role),
        u.session_version
    FROM app_user AS u
    WHERE u.id = asked_user AND u.active AND NOT u.machine
$$;

REVOKE ALL ON FUNCTION sign_in_lookup(text), principal_of(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sign_in_lookup(text), principal_of(bigint) TO app_web;
