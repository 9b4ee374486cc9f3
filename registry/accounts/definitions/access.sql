-- Who is acting, and what that person may see: the tables of users decide, not the program that asks.

CREATE OR REPLACE FUNCTION territory_districts(areas text[]) RETURNS text[]
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT coalesce(array_agg(area.code ORDER BY area.code), '{}')
    FROM area
    WHERE area.level = 'district' AND (area.code = ANY (areas) OR area.state_code = ANY (areas))
$$;

-- The places that area codes stand for: the districts, and the catchments that are named themselves.
CREATE OR REPLACE FUNCTION territory_places(areas text[]) RETURNS text[]
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT territory_districts(areas) || coalesce(array_agg(area.code ORDER BY area.code), '{}')
    FROM area
    WHERE area.level = 'catchment' AND area.code = ANY (areas)
$$;

CREATE OR REPLACE FUNCTION permissions_of(asked_role text) RETURNS text[]
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$ SELECT coalesce(array_agg(r.permission), '{}') FROM role_permission AS r WHERE r.role = asked_role $$;

-- What an account may do: what its role does; a program's no more than its key was given, and nothing once that is over.
CREATE OR REPLACE FUNCTION account_permissions(person app_user) RETURNS text[]
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT CASE WHEN person.machine THEN key_permissions(person.id, permissions_of(person.role))
                ELSE permissions_of(person.role) END
$$;

-- Binds the rest of the transaction to a user: sets what the policies read. Fails for an unknown or closed account.
CREATE OR REPLACE FUNCTION act_as(acting_user bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    acting app_user;
    reach text[];
BEGIN
    SELECT * INTO acting FROM app_user WHERE id = acting_user AND active;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no active user %', acting_user USING ERRCODE = 'insufficient_privilege';
    END IF;
    reach := reach_of(acting);
    PERFORM set_config('app.user_id', acting.id::text, true),
            set_config('app.login', acting.login, true),
            set_config('app.role', acting.role, true),
            set_config('app.permissions', account_permissions(acting)::text, true),
            set_config('app.writes_by', '', true),
            set_config('app.nationwide', CASE WHEN reaches_everywhere(acting) THEN 'on' ELSE 'off' END, true),
            set_config('app.districts', territory_districts(reach)::text, true),
            set_config('app.agency', coalesce(acting.agency_id::text, ''), true),
            set_config('app.office', coalesce(acting.office_code, ''), true),
            set_config('app.catchments', ARRAY(SELECT code FROM unnest(reach) AS code
                                               EXCEPT SELECT unnest(territory_districts(reach)))::text, true);
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

-- Whether this transaction is trying out a change that is only asked for. It cannot be committed: see trial_undone().
CREATE OR REPLACE FUNCTION trying_change() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    RETURN EXISTS (SELECT FROM change_request AS c WHERE c.state = 'trial' AND c.requested_by = acting_user()
                   AND c.trial_tx = pg_current_xact_id_if_assigned()::text::bigint);
END
$$;

-- Who asks for a change tries it out; who decides, approves or cleanses writes for as long as that command lasts.
CREATE OR REPLACE FUNCTION edits_households() RETURNS boolean LANGUAGE sql STABLE
AS $$
    SELECT ekasih.may('edit_households') OR coalesce(current_setting('app.writes_by', true), '') <> ''
        OR ekasih.trying_change()
$$;

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

-- The catchments of the office of who is acting: its households are those whose point lies inside, of whatever district.
CREATE OR REPLACE FUNCTION acting_catchments() RETURNS text[] LANGUAGE sql STABLE
AS $$ SELECT coalesce(nullif(current_setting('app.catchments', true), ''), '{}')::text[] $$;

-- Whether a household of a district and of catchments is within the reach of who is acting: what in_territory() is for
-- those whose territory is made of districts.
CREATE OR REPLACE FUNCTION in_reach(district text, catchments text[]) RETURNS boolean LANGUAGE sql STABLE
AS $$ SELECT in_territory(district) OR coalesce(catchments && acting_catchments(), false) $$;

-- The accounts of the sample register, for the sign-in page to name while they exist; a real register has none.
CREATE OR REPLACE FUNCTION demo_logins() RETURNS TABLE (login text, display_name text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$ SELECT u.login, u.display_name, u.role FROM app_user AS u WHERE u.demo AND u.active ORDER BY u.id $$;

