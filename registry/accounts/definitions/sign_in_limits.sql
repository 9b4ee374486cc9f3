-- How often a password or code may be tried: a try is counted before it is judged, so that tries side by side count too.
-- Who has signed in with a browser before is counted by that browser alone, and no stranger keeps them out.

-- What stands for a name that was typed: a name may be a password in the wrong field.
CREATE OR REPLACE FUNCTION sign_in_name(typed text) RETURNS bytea
LANGUAGE sql IMMUTABLE
AS $$ SELECT sha256(convert_to('ekasih sign-in ' || lower(btrim(typed)), 'UTF8')) $$;

-- The seconds until the next try of a kind: nothing where it may be made now. A known browser answers for itself:
--   from one place or known browser, for a name: 8 in 15 minutes, passwords and codes together
--   for a name, from all strangers together or a known browser: from the tenth in a day on a pause that doubles
--   with each, from half a minute to 15 minutes
--   from one place, whatever the name: 60 in 15 minutes
CREATE OR REPLACE FUNCTION sign_in_pause(asked_kind text, asked_name bytea, asked_place text, asked_browser bytea)
RETURNS double precision
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    WITH recent AS (
        SELECT r.kind, r.place, r.at FROM sign_in_refusal AS r
        WHERE r.name_hash = asked_name AND r.browser_hash IS NOT DISTINCT FROM asked_browser
            AND r.at > clock_timestamp() - interval '1 day'
    ),
    ends AS (
        (SELECT at + interval '15 minutes' AS until FROM recent WHERE asked_browser IS NOT NULL OR place = asked_place
         ORDER BY at DESC OFFSET 7 LIMIT 1)
        UNION ALL
        SELECT max(at) + interval '30 seconds' * least(2 ^ (count(*) - 10), 30)
        FROM recent WHERE kind = asked_kind HAVING count(*) >= 10
        UNION ALL
        (SELECT r.at + interval '15 minutes' FROM sign_in_refusal AS r
         WHERE asked_browser IS NULL AND r.browser_hash IS NULL AND r.place = asked_place
             AND r.at > clock_timestamp() - interval '15 minutes'
         ORDER BY r.at DESC OFFSET 59 LIMIT 1)
    )
    SELECT coalesce(greatest(0, extract(epoch FROM max(until) - clock_timestamp())), 0) FROM ends
$$;

-- Takes a try, or says how long to wait. It counts as refused from here on, until its judge says otherwise.
CREATE OR REPLACE FUNCTION take_sign_in_try(asked_kind text, asked_login text, asked_place text, asked_browser bytea)
RETURNS TABLE (number bigint, wait_seconds double precision)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    named bytea := sign_in_name(asked_login);
    known bytea;
BEGIN
    SELECT k.token_hash INTO known
    FROM known_browser AS k JOIN app_user AS u ON u.id = k.user_id
    WHERE k.token_hash = asked_browser AND u.login = lower(btrim(asked_login))
        AND k.used_at > now() - interval '180 days';
    -- always the place before the name, so that no two wait for each other
    IF known IS NULL THEN
        PERFORM pg_advisory_xact_lock(hashtextextended('ekasih.sign_in ' || asked_place, 0));
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(encode(named, 'hex'), 1));
    wait_seconds := sign_in_pause(asked_kind, named, asked_place, known);
    IF wait_seconds = 0 THEN
        INSERT INTO sign_in_refusal (kind, name_hash, place, browser_hash)
        VALUES (asked_kind, named, asked_place, known) RETURNING id INTO number;
        UPDATE sign_in_refusal AS r SET closes = sign_in_pause(asked_kind, named, asked_place, known) > 0 WHERE r.id = number;
    END IF;
    RETURN NEXT;
END
$$;

-- The try was wrong: it stays counted and is written down, with the account where there is one, never with what was typed.
CREATE OR REPLACE FUNCTION refuse_sign_in_try(taken bigint, asked_login text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    refused sign_in_refusal;
    whose app_user;
    facts jsonb;
BEGIN
    SELECT * INTO refused FROM sign_in_refusal WHERE id = taken;
    SELECT * INTO whose FROM app_user WHERE login = lower(btrim(asked_login));
    facts := jsonb_build_object('method', refused.kind);
    INSERT INTO audit_log (actor, action, subject, subject_id, after)
    VALUES (coalesce(whose.login, 'system'), 'sign_in_refused', 'account', whose.id, facts);
    IF refused.closes THEN
        facts := facts || jsonb_build_object('seconds', ceil(sign_in_pause(
            refused.kind, refused.name_hash, refused.place, refused.browser_hash)));
        INSERT INTO audit_log (actor, action, subject, subject_id, after)
        VALUES (coalesce(whose.login, 'system'), 'sign_in_paused', 'account', whose.id, facts);
    END IF;
END
$$;

-- The try was right, or was not judged: it counts for nothing.
CREATE OR REPLACE FUNCTION forgive_sign_in_try(taken bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$ DELETE FROM sign_in_refusal WHERE id = taken $$;

-- Somebody came all the way in: what was refused to them in this place is forgotten, and the browser is known from now
-- on, under a new token each time. What others were refused with the same browser goes along.
CREATE OR REPLACE FUNCTION know_browser(asked_user bigint, asked_place text, old_hash bytea, new_hash bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    DELETE FROM sign_in_refusal AS r USING app_user AS u
    WHERE u.id = asked_user AND r.name_hash = sign_in_name(u.login)
        AND (r.browser_hash = old_hash OR (r.browser_hash IS NULL AND r.place = asked_place));
    UPDATE sign_in_refusal SET browser_hash = new_hash WHERE browser_hash = old_hash;
    UPDATE known_browser SET token_hash = new_hash WHERE token_hash = old_hash;
    INSERT INTO known_browser (token_hash, user_id) VALUES (new_hash, asked_user)
    ON CONFLICT (token_hash, user_id) DO UPDATE SET used_at = now();
$$;

-- A sign-in with the identity provider that led to no account.
CREATE OR REPLACE FUNCTION note_provider_refusal() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    INSERT INTO audit_log (actor, action, subject, after)
    VALUES ('system', 'sign_in_refused', 'account', '{"method": "provider"}')
$$;

REVOKE ALL ON FUNCTION sign_in_name(text), sign_in_pause(text, bytea, text, bytea),
    take_sign_in_try(text, text, text, bytea), refuse_sign_in_try(bigint, text), forgive_sign_in_try(bigint),
    know_browser(bigint, text, bytea, bytea), note_provider_refusal() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION take_sign_in_try(text, text, text, bytea), refuse_sign_in_try(bigint, text),
    forgive_sign_in_try(bigint), know_browser(bigint, text, bytea, bytea), note_provider_refusal() TO app_web;
