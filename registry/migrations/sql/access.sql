-- Who is acting, and what that person may see: the tables of users decide, not the program that asks.

CREATE OR REPLACE FUNCTION territory_districts(areas text[]) RETURNS text[]
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT coalesce(array_agg(area.code ORDER BY area.code), '{}')
    FROM area
    WHERE area.level = 'district' AND (area.code = ANY (areas) OR area.state_code = ANY (areas))
$$;

CREATE OR REPLACE FUNCTION permissions_of(asked_role text) RETURNS text[]
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$ SELECT coalesce(array_agg(r.permission), '{}') FROM role_permission AS r WHERE r.role = asked_role $$;

-- Binds the rest of the transaction to a user: sets what the policies read. Fails for an unknown or closed account.
CREATE OR REPLACE FUNCTION act_as(acting_user bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    acting app_user;
BEGIN
    SELECT * INTO acting FROM app_user WHERE id = acting_user AND active;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no active user %', acting_user USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('app.user_id', acting.id::text, true),
            set_config('app.login', acting.login, true),
            set_config('app.role', acting.role, true),
            set_config('app.permissions', permissions_of(acting.role)::text, true),
            set_config('app.writes_by', '', true),
            set_config('app.nationwide', CASE WHEN acting.territory = '{}' THEN 'on' ELSE 'off' END, true),
            set_config('app.districts', territory_districts(acting.territory)::text, true);
END
$$;

CREATE OR REPLACE FUNCTION acting_user() RETURNS bigint LANGUAGE sql STABLE
AS $$ SELECT nullif(current_setting('app.user_id', true), '')::bigint $$;

CREATE OR REPLACE FUNCTION acting_login() RETURNS text LANGUAGE sql STABLE
AS $$ SELECT coalesce(nullif(current_setting('app.login', true), ''), 'system') $$;

CREATE OR REPLACE FUNCTION signed_in() RETURNS boolean LANGUAGE sql STABLE
AS $$ SELECT nullif(current_setting('app.role', true), '') IS NOT NULL $$;

-- Whether who is acting may do something: the names are those of role_permission.
CREATE OR REPLACE FUNCTION may(permission text) RETURNS boolean LANGUAGE sql STABLE
AS $$ SELECT permission = ANY (coalesce(nullif(current_setting('app.permissions', true), ''), '{}')::text[]) $$;

CREATE OR REPLACE FUNCTION sees_persons() RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT may('read_persons') $$;

-- Who decides on a case, approves a change or cleanses the list writes to the register as well, for as long as that command lasts.
CREATE OR REPLACE FUNCTION edits_households() RETURNS boolean LANGUAGE sql STABLE
AS $$ SELECT may('edit_households') OR coalesce(current_setting('app.writes_by', true), '') <> '' $$;

-- Opens the register for the rest of the transaction to who holds another permission that changes it.
CREATE OR REPLACE FUNCTION write_by(permission text) RETURNS void LANGUAGE plpgsql
AS $$
BEGIN
    IF permission IN ('decide', 'cleanse', 'approve_changes') AND may(permission) THEN
        PERFORM set_config('app.writes_by', permission, true);
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION administers() RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT may('administer') $$;

CREATE OR REPLACE FUNCTION nationwide() RETURNS boolean LANGUAGE sql STABLE
AS $$ SELECT coalesce(current_setting('app.nationwide', true) = 'on', false) $$;

CREATE OR REPLACE FUNCTION acting_districts() RETURNS text[] LANGUAGE sql STABLE
AS $$ SELECT coalesce(nullif(current_setting('app.districts', true), ''), '{}')::text[] $$;

-- Whether a district lies in the territory of who is acting.
CREATE OR REPLACE FUNCTION in_territory(district text) RETURNS boolean LANGUAGE sql STABLE
AS $$ SELECT nationwide() OR coalesce(district = ANY (acting_districts()), false) $$;

-- Sign-in: the only way app_web reaches a password hash, one account at a time.
CREATE OR REPLACE FUNCTION sign_in_lookup(sign_in text)
RETURNS TABLE (user_id bigint, login text, display_name text, role text, territory text[], permissions text[],
               password_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT u.id, u.login, u.display_name, u.role, territory_districts(u.territory), permissions_of(u.role),
        u.password_hash
    FROM app_user AS u
    WHERE u.login = lower(btrim(sign_in)) AND u.active
$$;

CREATE OR REPLACE FUNCTION principal_of(asked_user bigint)
RETURNS TABLE (user_id bigint, login text, display_name text, role text, territory text[], permissions text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT u.id, u.login, u.display_name, u.role, territory_districts(u.territory), permissions_of(u.role)
    FROM app_user AS u
    WHERE u.id = asked_user AND u.active
$$;

-- The accounts of the sample register, for the sign-in page to name while they exist; a real register has none.
CREATE OR REPLACE FUNCTION demo_logins() RETURNS TABLE (login text, display_name text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$ SELECT u.login, u.display_name, u.role FROM app_user AS u WHERE u.demo AND u.active ORDER BY u.id $$;

-- What every page states about the register: whether it is sample data, and the date of its last delivery or edit.
CREATE OR REPLACE FUNCTION register_state() RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT jsonb_build_object(
        'sample', EXISTS (SELECT FROM delivery WHERE sample),
        'empty', NOT EXISTS (SELECT FROM household),
        'as_of', greatest(
            (SELECT (value #>> '{}')::date FROM setting WHERE key = 'register.as_of'),
            (SELECT at::date FROM audit_log WHERE actor_id IS NOT NULL ORDER BY id DESC LIMIT 1)))
$$;
