-- Sign-in: first passwords, second factors, accounts of an identity provider, and how often a dear route may be asked.

-- A password that someone else set opens the account once: its owner chooses another one first.
CREATE OR REPLACE FUNCTION first_password() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF NEW.password_hash IS DISTINCT FROM OLD.password_hash THEN
        NEW.must_change := coalesce(acting_user() <> NEW.id, true);
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER first_password BEFORE UPDATE ON app_user FOR EACH ROW EXECUTE FUNCTION first_password();

-- Who a role lets see persons or take files away shows a second factor, and everyone where the setting says so. The
-- other permissions are steps on records that are reached with these alone.
CREATE OR REPLACE FUNCTION asks_for_factor(asked_role text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT permissions_of(asked_role)
            && ('{read_persons,check_status,read_aggregates,read_audit,decide,issue_cards,import_deliveries,administer,'
                || 'manage_programmes,deliver_aid_lines,settle_aid,override_double_aid,apply_aid,check_aid,approve_aid,'
                || 'decide_appeal,deliver_aid,read_ledger,manage_allocation,make_payments,release_payments,build_targets,'
                || 'approve_targets,read_projects,refer,visit,request_changes,approve_changes,cleanse,request_cards}')::text[]
        OR EXISTS (SELECT FROM setting WHERE key = 'sign_in.factor_for_everyone' AND (value #>> '{}')::numeric > 0)
$$;

-- What stands between the password and the pages: a factor for whom one is asked of or who has one, then a password of
-- one's own. Accounts of the sample register are asked for neither.
CREATE OR REPLACE FUNCTION sign_in_needs(asked_user bigint)
RETURNS TABLE (factor boolean, enrolled boolean, new_password boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT f.confirmed_at IS NOT NULL OR (NOT u.demo AND asks_for_factor(u.role)),
        f.confirmed_at IS NOT NULL,
        u.must_change AND NOT u.demo
    FROM app_user AS u LEFT JOIN second_factor AS f ON f.user_id = u.id
    WHERE u.id = asked_user AND u.active
$$;

CREATE OR REPLACE FUNCTION factor_secret(asked_user bigint) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$ SELECT secret FROM second_factor WHERE user_id = asked_user $$;

-- Keeps the secret of a factor that is being set up; a factor in use keeps its own. Answers the one that is kept.
CREATE OR REPLACE FUNCTION keep_factor(asked_user bigint, new_secret bytea) RETURNS bytea
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    INSERT INTO second_factor AS f (user_id, secret) VALUES (asked_user, new_secret)
    ON CONFLICT (user_id) DO UPDATE
        SET secret = CASE WHEN f.confirmed_at IS NULL THEN excluded.secret ELSE f.secret END
    RETURNING secret
$$;

-- Puts a factor into use with the time step of its first code; false where it is in use already.
CREATE OR REPLACE FUNCTION confirm_factor(asked_user bigint, step bigint, codes bytea[]) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    UPDATE second_factor SET confirmed_at = now(), last_step = step
    WHERE user_id = asked_user AND confirmed_at IS NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM recovery_code WHERE user_id = asked_user;
    INSERT INTO recovery_code (user_id, code_hash) SELECT asked_user, unnest(codes);
    PERFORM note_sign_in('set_factor', asked_user, NULL);
    RETURN true;
END
$$;

-- Uses a code's time step up: false where it or a later one was used before.
CREATE OR REPLACE FUNCTION take_factor_step(asked_user bigint, step bigint) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    WITH taken AS (
        UPDATE second_factor SET last_step = step
        WHERE user_id = asked_user AND confirmed_at IS NOT NULL AND last_step < step
        RETURNING 1
    )
    SELECT EXISTS (SELECT FROM taken)
$$;

-- Uses a recovery code up: how many are left, none where it is not one of this account.
CREATE OR REPLACE FUNCTION take_recovery_code(asked_user bigint, asked_hash bytea) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    remaining bigint;
BEGIN
    DELETE FROM recovery_code WHERE user_id = asked_user AND code_hash = asked_hash;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT count(*) INTO remaining FROM recovery_code WHERE user_id = asked_user;
    PERFORM note_sign_in('use_recovery_code', asked_user, jsonb_build_object('left', remaining));
    RETURN remaining;
END
$$;

-- Takes someone's factor away, which ends every session: a new one is set up at the next sign-in.
CREATE OR REPLACE FUNCTION forget_factor(asked_user bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    DELETE FROM second_factor WHERE user_id = asked_user;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE app_user SET session_version = session_version + 1 WHERE id = asked_user;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, after)
    SELECT acting_user(), acting_login(), 'reset_factor', 'account', u.id, jsonb_build_object('login', u.login)
    FROM app_user AS u WHERE u.id = asked_user;
    RETURN true;
END
$$;

CREATE OR REPLACE FUNCTION reset_factor(asked_user bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF NOT administers() OR acting_user() IS NULL THEN
        RAISE EXCEPTION 'may not administer' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF asked_user = acting_user() THEN
        RAISE EXCEPTION 'own_account' USING ERRCODE = 'EK030';
    END IF;
    RETURN forget_factor(asked_user);
END
$$;

-- What someone does to the own account while signing in.
CREATE OR REPLACE FUNCTION note_sign_in(done text, asked_user bigint, facts jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, after)
    SELECT u.id, u.login, done, 'account', u.id, facts FROM app_user AS u WHERE u.id = asked_user
$$;

CREATE OR REPLACE FUNCTION own_password_hash() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$ SELECT password_hash FROM app_user WHERE id = acting_user() AND active $$;

-- Gives the acting person another password; answers the account's new version, which its other sessions do not have.
CREATE OR REPLACE FUNCTION set_own_password(new_hash text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    version integer;
BEGIN
    UPDATE app_user SET password_hash = new_hash WHERE id = acting_user() AND active
    RETURNING session_version INTO version;
    PERFORM note_sign_in('change_password', acting_user(), NULL);
    RETURN version;
END
$$;

-- The account of somebody whom the provider vouches for: the one that holds the subject, else the one of that login,
-- where an administrator has opened it for its first link.
CREATE OR REPLACE FUNCTION provider_account(asked_subject text, asked_login text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    found bigint;
BEGIN
    SELECT id INTO found FROM app_user WHERE oidc_subject = asked_subject;
    IF found IS NULL THEN
        UPDATE app_user SET oidc_subject = asked_subject, oidc_link = false
        WHERE login = lower(btrim(asked_login)) AND oidc_link AND oidc_subject IS NULL AND active
        RETURNING id INTO found;
        IF found IS NOT NULL THEN
            PERFORM note_sign_in('link_provider', found, NULL);
        END IF;
    END IF;
    RETURN (SELECT id FROM app_user WHERE id = found AND active);
END
$$;

-- Whether the acting person may ask for something dear once more: so often in a minute as the register's setting says.
CREATE OR REPLACE FUNCTION take_turn(asked_kind text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    most integer := coalesce(
        (SELECT (value #>> '{}')::integer FROM setting WHERE key = asked_kind || '.per_minute'), 10);
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('ekasih.turn ' || asked_kind, acting_user()));
    DELETE FROM dear_request WHERE user_id = acting_user() AND at <= clock_timestamp() - interval '1 minute';
    IF (SELECT count(*) FROM dear_request WHERE user_id = acting_user() AND kind = asked_kind) >= most THEN
        RETURN false;
    END IF;
    INSERT INTO dear_request (user_id, kind) VALUES (acting_user(), asked_kind);
    RETURN true;
END
$$;

REVOKE ALL ON FUNCTION asks_for_factor(text), sign_in_needs(bigint), factor_secret(bigint), keep_factor(bigint, bytea),
    confirm_factor(bigint, bigint, bytea[]), take_factor_step(bigint, bigint), take_recovery_code(bigint, bytea),
    forget_factor(bigint), reset_factor(bigint), note_sign_in(text, bigint, jsonb), own_password_hash(),
    set_own_password(text), provider_account(text, text), take_turn(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sign_in_needs(bigint), factor_secret(bigint), keep_factor(bigint, bytea),
    confirm_factor(bigint, bigint, bytea[]), take_factor_step(bigint, bigint), take_recovery_code(bigint, bytea),
    reset_factor(bigint), own_password_hash(), set_own_password(text), provider_account(text, text),
    take_turn(text) TO app_web;
