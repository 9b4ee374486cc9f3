-- The audit log as a chain: what one statement adds is a batch, and at commit each batch becomes the next link.
-- A link's hash covers its batch and the link before, so that no entry can be changed or taken out unnoticed.

-- What a statement added, summed up once: a bulk import costs one batch, not one a row.
CREATE OR REPLACE FUNCTION batch_audit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    INSERT INTO audit_batch (entries, digest)
    SELECT range_agg(int8range(a.id, a.id, '[]')), sha256(string_agg(audit_digest(a::audit_log), ''::bytea ORDER BY a.id))
    FROM added AS a
    HAVING count(*) > 0;
    RETURN NULL;
END
$$;

-- Runs at commit, when nothing else waits behind it: the turn is taken for the length of one insert.
CREATE OR REPLACE FUNCTION link_audit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    newest audit_link;
    next_position bigint;
    before_it bytea;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('ekasih.audit_link', 0));
    SELECT * INTO newest FROM audit_link ORDER BY position DESC LIMIT 1;
    next_position := coalesce(newest.position, 0) + 1;
    before_it := coalesce(newest.hash, '\x'::bytea);
    INSERT INTO audit_link (position, batch_id, prev_hash, hash)
    VALUES (next_position, NEW.id, before_it, audit_link_hash(next_position, before_it, NEW.entries, NEW.digest));
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION 'the audit log only grows' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER batch AFTER INSERT ON audit_log REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION batch_audit();
CREATE CONSTRAINT TRIGGER link AFTER INSERT ON audit_batch DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION link_audit();

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['audit_log', 'audit_batch', 'audit_link']
    LOOP
        EXECUTE format('CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()', name);
    END LOOP;
END
$$;
