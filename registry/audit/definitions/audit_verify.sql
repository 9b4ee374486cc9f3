-- What the chain of the audit log is made of, and where it does not hold. 'ekasih audit verify' runs this file before it asks, so
-- that it judges by these definitions and not by what somebody put in their place.

-- An entry from before its source was kept has none, and the digest that it had.
CREATE OR REPLACE FUNCTION audit_digest(entry audit_log) RETURNS bytea
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT sha256(convert_to((jsonb_build_array(
        entry.id, extract(epoch FROM entry.at)::text, entry.actor_id, entry.actor, entry.action, entry.subject,
        entry.subject_id, entry.district_code, entry.before, entry.after)
        || CASE WHEN entry.source IS NULL THEN '[]'::jsonb ELSE jsonb_build_array(entry.source) END)::text, 'UTF8'))
$$;

CREATE OR REPLACE FUNCTION audit_link_hash(link_position bigint, before_it bytea, batch_entries int8multirange,
                                           batch_digest bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE
AS $$ SELECT sha256(before_it || convert_to(link_position::text || ' ' || batch_entries::text, 'UTF8') || batch_digest) $$;

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
