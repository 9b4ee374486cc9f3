-- The audit log as a chain: what one statement adds is a batch, and at commit each batch becomes the next link.
-- A link's hash covers its batch and the link before, so that no entry can be changed or taken out unnoticed.

CREATE OR REPLACE FUNCTION audit_digest(entry audit_log) RETURNS bytea
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT sha256(convert_to(jsonb_build_array(
        entry.id, extract(epoch FROM entry.at)::text, entry.actor_id, entry.actor, entry.action, entry.subject,
        entry.subject_id, entry.district_code, entry.before, entry.after)::text, 'UTF8'))
$$;

CREATE OR REPLACE FUNCTION audit_link_hash(link_position bigint, before_it bytea, batch_entries int8multirange,
                                           batch_digest bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE
AS $$ SELECT sha256(before_it || convert_to(link_position::text || ' ' || batch_entries::text, 'UTF8') || batch_digest) $$;

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

-- The first place where the newest links do not hold, and why; no row where they do. Without a number, the whole chain.
CREATE OR REPLACE FUNCTION audit_first_break(newest bigint DEFAULT NULL) RETURNS TABLE (link bigint, entry bigint, reason text)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    WITH bounds AS (
        SELECT CASE WHEN newest IS NULL THEN 0 ELSE greatest(0, coalesce(max(l.position), 0) - newest) END AS before_them
        FROM audit_link AS l
    ),
    chain AS (
        SELECT l.position, l.batch_id, l.prev_hash, l.hash,
            coalesce(lag(l.hash) OVER walk, ''::bytea) AS expected_prev,
            coalesce(lag(l.position) OVER walk, bounds.before_them) + 1 AS expected_position
        FROM audit_link AS l CROSS JOIN bounds
        WHERE l.position >= bounds.before_them
        WINDOW walk AS (ORDER BY l.position)
    ),
    links AS (SELECT c.* FROM chain AS c CROSS JOIN bounds WHERE c.position > bounds.before_them),
    content AS (
        SELECT b.id, min(lower(r.ids)) AS first_entry, max(upper(r.ids)) AS after_last,
            sha256(coalesce(string_agg(audit_digest(a), ''::bytea ORDER BY a.id) FILTER (WHERE a.id IS NOT NULL), '')) AS digest
        FROM links AS l
        JOIN audit_batch AS b ON b.id = l.batch_id
        CROSS JOIN LATERAL unnest(b.entries) AS r (ids)
        LEFT JOIN audit_log AS a ON a.id >= lower(r.ids) AND a.id < upper(r.ids)
        GROUP BY b.id
    ),
    breaks AS (
        SELECT c.position AS link, d.first_entry AS entry,
            CASE
                WHEN c.position <> c.expected_position THEN 'a link is missing before this one'
                WHEN c.prev_hash <> c.expected_prev THEN 'it does not follow from the link before'
                WHEN b.id IS NULL THEN 'what it sums up is missing'
                WHEN c.hash <> audit_link_hash(c.position, c.prev_hash, b.entries, b.digest) THEN 'its hash does not fit'
                WHEN d.digest <> b.digest THEN 'an entry was changed or taken out'
            END AS reason
        FROM links AS c
        LEFT JOIN audit_batch AS b ON b.id = c.batch_id
        LEFT JOIN content AS d ON d.id = b.id
        UNION ALL
        SELECT NULL, a.id, 'an entry is in no link'
        FROM audit_log AS a
        WHERE (newest IS NULL OR a.id > (SELECT max(d.after_last) - 1 FROM content AS d)
               OR a.id >= (SELECT min(d.first_entry) FROM content AS d))
            AND NOT EXISTS (SELECT FROM audit_batch AS b JOIN audit_link AS l ON l.batch_id = b.id WHERE b.entries @> a.id)
    )
    SELECT link, entry, reason FROM breaks WHERE reason IS NOT NULL ORDER BY link NULLS LAST, entry LIMIT 1
$$;

DROP TRIGGER IF EXISTS batch ON audit_log;
CREATE TRIGGER batch AFTER INSERT ON audit_log REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION batch_audit();
DROP TRIGGER IF EXISTS link ON audit_batch;
CREATE CONSTRAINT TRIGGER link AFTER INSERT ON audit_batch DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION link_audit();

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['audit_log', 'audit_batch', 'audit_link']
    LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS only_grows ON %I', name);
        EXECUTE format('CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['audit_batch', 'audit_link', 'sign_in_refusal']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('DROP POLICY IF EXISTS system ON %I', name);
        EXECUTE format('CREATE POLICY system ON %I TO app_owner USING (true) WITH CHECK (true)', name);
    END LOOP;
END
$$;

-- what was logged before there was a chain is its first link
INSERT INTO audit_batch (entries, digest)
SELECT range_agg(int8range(a.id, a.id, '[]')), sha256(string_agg(audit_digest(a), ''::bytea ORDER BY a.id))
FROM audit_log AS a
HAVING count(*) > 0;
