-- What anybody may read without an account: articles and files for the public, and which aid there is for whom.

CREATE VIEW portal.article AS
SELECT a.slug, a.kind, v.number, v.title_ms, v.title_en, v.body_ms, v.body_en, v.published_at,
    coalesce(v.en_at < v.ms_at, v.en_at IS NULL) AS en_old,
    coalesce((SELECT sum(r.times) FROM ekasih.article_read AS r
              WHERE r.article_id = a.id AND r.month > current_date - 92), 0) AS reads
FROM ekasih.article AS a JOIN ekasih.article_version AS v ON v.article_id = a.id AND v.state = 'terbit'
WHERE a.audience = 'awam';

-- Older: made from other Malay words than those that are published; the mark is that of registry/articles/shipped.py.
CREATE VIEW portal.article_translation AS
SELECT a.slug, t.language, t.title, t.body,
    t.made_from <> left(encode(sha256(convert_to(v.title_ms || E'\n' || v.body_ms, 'UTF8')), 'hex'), 16) AS older
FROM ekasih.article_translation AS t
JOIN ekasih.article AS a ON a.id = t.article_id
JOIN ekasih.article_version AS v ON v.article_id = a.id AND v.state = 'terbit'
WHERE a.audience = 'awam';

CREATE VIEW portal.library_file AS
SELECT f.id, f.stored_name, f.kind, f.bytes, f.sha256, f.title_ms, f.title_en, f.source, f.licence, f.dated, f.version, f.published_at
FROM ekasih.library_file AS f
WHERE f.audience = 'awam' AND f.published_at IS NOT NULL AND f.withdrawn_at IS NULL;

-- Programmes that are open today, with each kind of aid they give, the rate and the conditions in force.
CREATE VIEW portal.aid_kind AS
SELECT k.id, p.id AS programme_id, p.name_ms AS programme_ms, p.name_en AS programme_en, g.name_ms AS agency_ms,
    g.name_en AS agency_en, k.name_ms AS kind_ms, k.name_en AS kind_en, n.code AS need_code, n.name_ms AS need_ms,
    n.name_en AS need_en, k.form, k.recipient, k.frequency, r.ceiling_rm, r.source, c.conditions
FROM ekasih.aid_programme AS p
JOIN ekasih.agency AS g ON g.id = p.agency_id
JOIN ekasih.aid_kind AS k ON k.programme_id = p.id
JOIN ekasih.aid_need AS n ON n.code = k.need_code
LEFT JOIN ekasih.aid_rate AS r ON r.kind_id = k.id AND daterange(r.from_date, r.until_date, '[]') @> current_date
LEFT JOIN ekasih.aid_conditions AS c
    ON c.programme_id = p.id AND daterange(c.from_date, c.until_date, '[]') @> current_date
WHERE p.state = 'dibuka' AND daterange(p.valid_from, p.valid_until, '[]') @> current_date;

-- For who reads a further language: what is written in it first, then the others, told in it where they have it.
CREATE OR REPLACE FUNCTION portal.search_articles(asked text, reader text)
RETURNS TABLE (slug text, file_id bigint, kind text, language text, title text, snippet text, near boolean, total bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    WITH own AS MATERIALIZED (SELECT f.* FROM translations_found('{awam}', asked, reader) AS f),
    others AS (
        SELECT f.*
        FROM articles_found('{awam}', asked, CASE reader WHEN 'en' THEN 'en' ELSE 'ms' END, '', 20) WITH ORDINALITY
            AS f (article_id, file_id, language, title, snippet, near, total, place)
        WHERE NOT EXISTS (SELECT FROM own AS o WHERE o.article_id = f.article_id OR f.near)
    ), found AS (
        SELECT o.article_id, NULL::bigint AS file_id, reader AS language, o.title, o.snippet, o.near, NULL::bigint AS total,
            1 AS part, o.place
        FROM own AS o
        UNION ALL
        SELECT f.article_id, f.file_id, coalesce(t.language, f.language), coalesce(t.title, f.title),
            CASE WHEN t.body IS NULL THEN f.snippet ELSE left(article_plain(t.body), 180) END, f.near, f.total, 2, f.place
        FROM others AS f LEFT JOIN article_translation AS t ON t.article_id = f.article_id AND t.language = reader
    )
    SELECT a.slug, f.file_id, coalesce(a.kind, 'fail'), f.language, f.title, f.snippet, f.near,
        (SELECT count(*) FROM own) + coalesce(max(f.total) OVER (), 0)
    FROM found AS f LEFT JOIN article AS a ON a.id = f.article_id
    ORDER BY f.near, f.part, f.place
$$;

CREATE OR REPLACE FUNCTION portal.note_article_miss(said text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$ SELECT keep_article_miss('awam', said) $$;

CREATE OR REPLACE FUNCTION portal.note_article_read(asked_slug text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$ SELECT keep_article_read('{awam}', asked_slug) $$;

-- Keeps whether an article helped; NULL where there is no such article for the public.
CREATE OR REPLACE FUNCTION portal.tell_article(asked_slug text, helps boolean, said text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    kept boolean := keep_article_feedback('{awam}', 'awam', asked_slug, helps, said);
BEGIN
    IF kept THEN
        INSERT INTO audit_log (actor, action, subject, subject_id, after)
        SELECT 'portal', 'tell_article', 'article', a.id, jsonb_build_object('slug', a.slug) FROM article AS a WHERE a.slug = asked_slug;
    END IF;
    RETURN kept;
END
$$;

REVOKE ALL ON FUNCTION portal.search_articles(text, text), portal.note_article_miss(text), portal.note_article_read(text),
    portal.tell_article(text, boolean, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal.search_articles(text, text), portal.note_article_miss(text), portal.note_article_read(text),
    portal.tell_article(text, boolean, text) TO app_public;
GRANT SELECT ON portal.article, portal.article_translation, portal.library_file, portal.aid_kind TO app_public;
