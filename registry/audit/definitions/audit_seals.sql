-- Seals on the chain of the audit log: a keyed hash over a link and the seal before, made by a program that has the key. Who owns
-- the database can compute the chain again, but no seal.

CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal
FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- What the next seal is about: the newest link, where it is not sealed yet. Until the transaction ends nobody else seals.
CREATE OR REPLACE FUNCTION audit_unsealed()
RETURNS TABLE (number bigint, link bigint, hash bytea, previous bytea, sealed_with text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('ekasih.audit_seal', 0));
    RETURN QUERY
    SELECT coalesce(s.number, 0) + 1, l.position, l.hash, coalesce(s.mac, ''::bytea), s.key_name
    FROM (SELECT position, hash FROM audit_link ORDER BY position DESC LIMIT 1) AS l
    LEFT JOIN LATERAL (SELECT number, position, mac, key_name FROM audit_seal ORDER BY number DESC LIMIT 1) AS s ON true
    WHERE s.position IS DISTINCT FROM l.position;
END
$$;

-- Whether a seal stands as it was made, and its link too.
CREATE OR REPLACE FUNCTION audit_seal_stands(seal_number bigint, seal_mac bytea) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM audit_seal AS s JOIN audit_link AS l ON l.position = s.position AND l.hash = s.hash
        WHERE s.number = seal_number AND s.mac = seal_mac)
$$;

-- Keeps a seal on the newest link that audit_unsealed named in the same transaction.
CREATE OR REPLACE FUNCTION seal_audit(seal_number bigint, link bigint, link_hash bytea, seal_key text, before_it bytea,
                                      seal_at timestamptz, seal_mac bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF seal_number <> (SELECT coalesce(max(s.number), 0) + 1 FROM audit_seal AS s)
        OR NOT EXISTS (SELECT FROM audit_link AS l WHERE l.position = link AND l.hash = link_hash) THEN
        RAISE EXCEPTION 'seal_out_of_turn' USING ERRCODE = 'EK050';
    END IF;
    INSERT INTO audit_seal (number, position, hash, key_name, previous, at, mac)
    VALUES (seal_number, link, link_hash, seal_key, before_it, seal_at, seal_mac);
END
$$;

-- The seals on the newest links and the one before them, each with its link's hash as it is now; for who may read the log.
CREATE OR REPLACE FUNCTION audit_seals(newest bigint)
RETURNS TABLE (number bigint, link bigint, hash bytea, key_name text, previous bytea, at timestamptz, mac bytea, link_hash bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT s.number, s.position, s.hash, s.key_name, s.previous, s.at, s.mac, l.hash
    FROM audit_seal AS s
    LEFT JOIN audit_link AS l ON l.position = s.position
    WHERE may('read_audit') AND s.number >= coalesce((
        SELECT max(before_them.number) FROM audit_seal AS before_them
        WHERE before_them.position <= (SELECT max(m.position) - newest FROM audit_link AS m)), 0)
    ORDER BY s.number
$$;

-- Verifies the newest links, or all, and writes into the log that it was done and what was found. Seals are verified by who has
-- the key, which no database has: what is wrong with them is handed in.
CREATE OR REPLACE FUNCTION verify_audit(newest bigint, seal_link bigint, seal_reason text)
RETURNS TABLE (links bigint, hash text, link bigint, entry bigint, reason text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF NOT may('read_audit') OR acting_user() IS NULL THEN
        RAISE EXCEPTION 'may not verify' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT least(coalesce(newest, l.position), l.position), encode(l.hash, 'hex') INTO links, hash
    FROM audit_link AS l ORDER BY l.position DESC LIMIT 1;
    SELECT b.link, b.entry, b.reason INTO link, entry, reason FROM audit_first_break(newest) AS b;
    IF seal_reason IS NOT NULL AND (reason IS NULL OR coalesce(link, 9223372036854775807) >= seal_link) THEN
        link := seal_link;
        entry := NULL;
        reason := seal_reason;
    END IF;
    INSERT INTO audit_log (actor_id, actor, action, subject, after)
    VALUES (acting_user(), acting_login(), 'verify_audit', 'audit', jsonb_build_object(
        'links', coalesce(links, 0), 'hash', hash, 'link', link, 'entry', entry, 'reason', reason));
    RETURN NEXT;
END
$$;

-- How long the chain is, the hash of its newest link, how the last verification ended, and how far it is sealed.
CREATE OR REPLACE FUNCTION audit_state()
RETURNS TABLE (links bigint, hash text, verified_at timestamptz, verified_links bigint, broken_link bigint, reason text,
               sealed_link bigint, sealed_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT coalesce(head.position, 0), encode(head.hash, 'hex'), last.at, (last.after ->> 'links')::bigint,
        (last.after ->> 'link')::bigint, last.after ->> 'reason', seal.position, seal.at
    FROM (SELECT) AS one
    LEFT JOIN LATERAL (SELECT l.position, l.hash FROM audit_link AS l ORDER BY l.position DESC LIMIT 1) AS head ON true
    LEFT JOIN LATERAL (SELECT a.at, a.after FROM audit_log AS a WHERE a.action = 'verify_audit'
                       ORDER BY a.id DESC LIMIT 1) AS last ON true
    LEFT JOIN LATERAL (SELECT s.position, s.at FROM audit_seal AS s ORDER BY s.number DESC LIMIT 1) AS seal ON true
    WHERE may('read_audit')
$$;

REVOKE ALL ON FUNCTION audit_unsealed(), audit_seal_stands(bigint, bytea),
    seal_audit(bigint, bigint, bytea, text, bytea, timestamptz, bytea), audit_seals(bigint), verify_audit(bigint, bigint, text),
    audit_state() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_unsealed(), audit_seal_stands(bigint, bytea),
    seal_audit(bigint, bigint, bytea, text, bytea, timestamptz, bytea), audit_seals(bigint), verify_audit(bigint, bigint, text),
    audit_state() TO app_web;
