-- How often anybody may send something, the same whatever it is about. What the portal may call stands in the schema
-- portal, which is all that its role app_public can reach.

INSERT INTO setting (key, value, least, most, step) VALUES
    ('portal.forms_per_hour', '10', 1, 1000, 1),
    ('portal.forms_per_day', '30', 1, 10000, 1),
    ('portal.codes_per_day', '10', 1, 1000, 1),
    ('portal.forms_per_minute_in_all', '300', 10, 100000, 10)
ON CONFLICT (key) DO UPDATE SET least = EXCLUDED.least, most = EXCLUDED.most, step = EXCLUDED.step;

-- A number that administrators may change.
CREATE OR REPLACE FUNCTION portal_setting(asked text) RETURNS integer
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$ SELECT (value #>> '{}')::integer FROM setting WHERE key = asked $$;

-- The keyed hash of the network that an address belongs to (IPv4 /32, IPv6 /64), with today's key.
CREATE OR REPLACE FUNCTION portal_visitor(address inet) RETURNS bytea
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    network text := host(network(set_masklen(address, CASE family(address) WHEN 4 THEN 32 ELSE 64 END)));
    today date := (clock_timestamp() AT TIME ZONE 'Asia/Kuala_Lumpur')::date;
    own bytea;
BEGIN
    SELECT k.key INTO own FROM portal_day_key AS k WHERE k.day = today;
    IF own IS NULL THEN
        -- 244 random bits; two that are first at once agree on one
        INSERT INTO portal_day_key (day, key)
        VALUES (today, sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')))
        ON CONFLICT (day) DO NOTHING;
        SELECT k.key INTO own FROM portal_day_key AS k WHERE k.day = today;
    END IF;
    RETURN sha256(own || sha256(own || convert_to(network, 'UTF8')));
END
$$;

-- How much dearer a proof of work is for an address now: 0 at first, 3 where a limit is near.
CREATE OR REPLACE FUNCTION portal.dearness(address inet) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    who bytea := portal_visitor(address);
    sent bigint := (SELECT count(*) FROM portal_entry AS e
                    WHERE e.visitor = who AND e.at > clock_timestamp() - interval '1 hour');
    in_all bigint := (SELECT count(*) FROM portal_entry AS e WHERE e.at > clock_timestamp() - interval '1 minute');
BEGIN
    RETURN least(3, floor(4 * greatest(sent::numeric / portal_setting('portal.forms_per_hour'),
                                       in_all::numeric / portal_setting('portal.forms_per_minute_in_all')) * 0.99))::integer;
END
$$;

-- Takes the turn of an address for a form, and its proof, once: in how many seconds to come again, 0 where it may send. Who
-- waited in place of a proof of work may once an hour. SQLSTATE EK263: the proof was used before.
CREATE OR REPLACE FUNCTION portal.take_turn(
    asked_form text, address inet, proof bytea, proof_expires timestamptz, has_waited boolean
) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    who bytea := portal_visitor(address);
    moment timestamptz := clock_timestamp();
    again_at timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('ekasih.portal', get_byte(who, 0) * 256 + get_byte(who, 1)));
    -- the oldest of as many as are allowed makes room first
    SELECT greatest(
        (SELECT e.at + interval '1 hour' FROM portal_entry AS e
         WHERE e.visitor = who AND e.outcome = 'sent' AND e.at > moment - interval '1 hour'
         ORDER BY e.at DESC OFFSET portal_setting('portal.forms_per_hour') - 1 LIMIT 1),
        (SELECT e.at + interval '1 day' FROM portal_entry AS e
         WHERE e.visitor = who AND e.outcome = 'sent' AND e.at > moment - interval '1 day'
         ORDER BY e.at DESC OFFSET portal_setting('portal.forms_per_day') - 1 LIMIT 1),
        (SELECT e.at + interval '1 minute' FROM portal_entry AS e
         WHERE e.outcome = 'sent' AND e.at > moment - interval '1 minute'
         ORDER BY e.at DESC OFFSET portal_setting('portal.forms_per_minute_in_all') - 1 LIMIT 1),
        (SELECT e.at + interval '1 day' FROM portal_entry AS e
         WHERE asked_form = 'kod' AND e.form = 'kod' AND e.visitor = who AND e.outcome = 'sent' AND e.at > moment - interval '1 day'
         ORDER BY e.at DESC OFFSET portal_setting('portal.codes_per_day') - 1 LIMIT 1),
        (SELECT e.at + interval '1 hour' FROM portal_entry AS e
         WHERE has_waited AND e.waited AND e.visitor = who AND e.outcome = 'sent' AND e.at > moment - interval '1 hour'
         ORDER BY e.at DESC LIMIT 1)) INTO again_at;
    IF again_at IS NULL THEN
        INSERT INTO portal_proof (digest, expires_at) VALUES (proof, proof_expires) ON CONFLICT DO NOTHING;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'proof_used' USING ERRCODE = 'EK263';
        END IF;
    END IF;
    INSERT INTO portal_entry (form, outcome, visitor, waited)
    VALUES (asked_form, CASE WHEN again_at IS NULL THEN 'sent' ELSE 'limited' END, who, has_waited);
    RETURN coalesce(ceil(extract(epoch FROM again_at - moment)), 0);
END
$$;

-- Throws away what is over: proofs that are too old, keys of days past, entries that no limit looks at any more after a year.
CREATE OR REPLACE FUNCTION sweep_portal() RETURNS void
LANGUAGE sql SET search_path = ekasih, public, pg_temp
AS $$
    DELETE FROM portal_proof WHERE expires_at < now();
    DELETE FROM portal_day_key WHERE day < (now() AT TIME ZONE 'Asia/Kuala_Lumpur')::date - 1;
    DELETE FROM portal_entry WHERE at < now() - interval '1 year';
$$;

-- Offices that people may turn to: the names of states and districts, from which the portal's lists are made.
CREATE VIEW portal.place AS
SELECT a.code, a.level, a.name, a.state_code FROM ekasih.area AS a WHERE a.level IN ('state', 'district');

REVOKE ALL ON FUNCTION portal_setting(text), portal_visitor(inet), sweep_portal(), portal.dearness(inet),
    portal.take_turn(text, inet, bytea, timestamptz, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal.dearness(inet), portal.take_turn(text, inet, bytea, timestamptz, boolean) TO app_public;
GRANT SELECT ON portal.place TO app_public;
