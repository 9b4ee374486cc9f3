-- Articles: who reads which, who writes them, and the steps of a version, of which who publishes is none of the writers.

-- The audiences whose articles who is acting reads: everybody, agencies as well as officers, officers, administrators.
CREATE OR REPLACE FUNCTION acting_audiences() RETURNS text[]
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT CASE WHEN NOT signed_in() THEN '{}'::text[]
        WHEN may('administer') THEN '{awam,agensi,pegawai,pentadbir}'::text[]
        WHEN current_setting('app.role', true)
            IN ('planner', 'coordinator', 'officer', 'national', 'state_office', 'enumerator', 'council', 'auditor')
            THEN '{awam,agensi,pegawai}'::text[]
        ELSE '{awam,agensi}'::text[] END
$$;

CREATE OR REPLACE FUNCTION article_is_published(asked_article bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$ SELECT EXISTS (SELECT FROM article_version AS v WHERE v.article_id = asked_article AND v.state = 'terbit') $$;

CREATE POLICY read_own_audience ON article FOR SELECT TO app_web
USING (audience = ANY (acting_audiences()) AND (may('write_articles') OR article_is_published(id)));
CREATE POLICY read_published ON article_version FOR SELECT TO app_web
USING (audience = ANY (acting_audiences()) AND (state = 'terbit' OR may('write_articles'))
       AND EXISTS (SELECT FROM article AS a WHERE a.id = article_version.article_id));
CREATE POLICY read_as_writer ON article_feedback FOR SELECT TO app_web
USING (may('write_articles') AND EXISTS (SELECT FROM article AS a WHERE a.id = article_feedback.article_id));
CREATE POLICY read_as_writer ON article_miss FOR SELECT TO app_web USING (may('write_articles'));
CREATE POLICY read_with_article ON article_read FOR SELECT TO app_web
USING (EXISTS (SELECT FROM article AS a WHERE a.id = article_read.article_id));
GRANT SELECT ON article, article_version, article_feedback, article_miss, article_read TO app_web;

-- What was sent for review keeps its words, whoever would change them; what is over stays as it is.
CREATE OR REPLACE FUNCTION keep_article_version() RETURNS trigger
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'article_stands' USING ERRCODE = 'EK251';
END
$$;
CREATE OR REPLACE TRIGGER version_stands BEFORE UPDATE ON article_version
    FOR EACH ROW WHEN (OLD.state = 'arkib' OR (OLD.state = 'terbit' AND NEW.state <> 'arkib') OR (OLD.state <> 'draf'
        AND (OLD.title_ms, OLD.title_en, OLD.body_ms, OLD.body_en, OLD.kind, OLD.audience, OLD.screens, OLD.writers, OLD.shipped)
            IS DISTINCT FROM
            (NEW.title_ms, NEW.title_en, NEW.body_ms, NEW.body_en, NEW.kind, NEW.audience, NEW.screens, NEW.writers, NEW.shipped)))
    EXECUTE FUNCTION keep_article_version();
CREATE OR REPLACE TRIGGER version_stays BEFORE DELETE ON article_version
    FOR EACH ROW WHEN (OLD.state <> 'draf') EXECUTE FUNCTION keep_article_version();

-- A text without the signs of Markdown, and its headings.
CREATE OR REPLACE FUNCTION article_plain(body text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT btrim(regexp_replace(regexp_replace(regexp_replace(body, '\[([^\]]*)\]\([^)]*\)', '\1', 'g'),
        '[#*_>`|~]+|(^|\n)\s*(-{3,}|[-+])\s', ' ', 'g'), '\s+', ' ', 'g'))
$$;
CREATE OR REPLACE FUNCTION article_heads(body text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = ekasih, public, pg_temp
AS $$ SELECT coalesce(string_agg(m[1], ' . '), '') FROM regexp_matches(body, '(?:^|\n)#{1,6} +([^\n]+)', 'g') AS m $$;
CREATE OR REPLACE FUNCTION article_words(language text) RETURNS regconfig
LANGUAGE sql IMMUTABLE SET search_path = ekasih, public, pg_temp
-- PostgreSQL has no stemmer for Malay; that of Indonesian takes the same beginnings and endings off
AS $$ SELECT CASE language WHEN 'en' THEN 'english' ELSE 'indonesian' END::regconfig $$;

-- What is searched is what is published.
CREATE OR REPLACE FUNCTION keep_article_search() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    DELETE FROM article_search AS s WHERE s.article_id = NEW.article_id;
    IF NEW.state = 'terbit' THEN
        UPDATE article AS a SET kind = NEW.kind, audience = NEW.audience, screens = NEW.screens WHERE a.id = NEW.article_id;
        INSERT INTO article_search (article_id, language, audience, kind, title, heads, body, lead, words)
        SELECT NEW.article_id, t.language, NEW.audience, NEW.kind, t.title, t.title || ' . ' || h.heads, p.body, l.lead,
            l.lead || setweight(to_tsvector(article_words(t.language), p.body), 'D')
        FROM (VALUES ('ms', NEW.title_ms, NEW.body_ms), ('en', NEW.title_en, NEW.body_en)) AS t (language, title, body)
        CROSS JOIN LATERAL (SELECT article_heads(t.body) AS heads) AS h
        CROSS JOIN LATERAL (SELECT article_plain(t.body) AS body) AS p
        CROSS JOIN LATERAL (SELECT setweight(to_tsvector(article_words(t.language), t.title), 'A')
                                || setweight(to_tsvector(article_words(t.language), h.heads), 'B') AS lead) AS l
        WHERE t.title <> '';
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER version_published AFTER INSERT ON article_version
    FOR EACH ROW WHEN (NEW.state = 'terbit') EXECUTE FUNCTION keep_article_search();
CREATE OR REPLACE TRIGGER version_moved AFTER UPDATE ON article_version
    FOR EACH ROW WHEN (OLD.state <> NEW.state AND 'terbit' IN (OLD.state, NEW.state)) EXECUTE FUNCTION keep_article_search();

-- Saves what is written as the open version of an article, a new one where there is none; answers how often it was saved.
-- given: slug, kind, audience, screens, title_ms, title_en, body_ms, body_en, note, en_same (the English was looked at and is right)
CREATE OR REPLACE FUNCTION save_article(given jsonb, seen integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    own article;
    last article_version;
    of_screens text[] := ARRAY(SELECT jsonb_array_elements_text(coalesce(given->'screens', '[]')));
    ms_then timestamptz := now();
    en_then timestamptz := CASE WHEN btrim(coalesce(given->>'title_en', '')) <> '' THEN now() END;
BEGIN
    IF NOT may('write_articles') OR NOT coalesce(given->>'audience' = ANY (acting_audiences()), false) THEN
        RAISE EXCEPTION 'not_permitted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO own FROM article AS a WHERE a.slug = given->>'slug' FOR UPDATE;
    IF own.id IS NOT NULL AND own.audience <> ALL (acting_audiences()) THEN
        RAISE EXCEPTION 'article_stands' USING ERRCODE = 'EK251';
    ELSIF own.id IS NULL THEN
        IF seen <> 0 THEN
            RAISE EXCEPTION 'not_found' USING ERRCODE = 'EK065';
        END IF;
        INSERT INTO article (slug, kind, audience, screens, owner_id, review_on)
        VALUES (given->>'slug', given->>'kind', given->>'audience', of_screens, acting_user(), current_date + interval '12 months')
        RETURNING * INTO own;
    ELSE
        SELECT * INTO last FROM article_version AS v WHERE v.article_id = own.id ORDER BY v.number DESC LIMIT 1;
        IF last.state = 'semakan' THEN
            RAISE EXCEPTION 'article_stands' USING ERRCODE = 'EK251';
        ELSIF seen <> (CASE WHEN last.state = 'draf' THEN last.saved ELSE 0 END) THEN
            RAISE EXCEPTION 'stale' USING ERRCODE = 'EK019';
        ELSIF last.audience <> ALL (acting_audiences()) THEN
            RAISE EXCEPTION 'not_permitted' USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF (last.title_ms, last.body_ms) IS NOT DISTINCT FROM (given->>'title_ms', given->>'body_ms') THEN
            ms_then := last.ms_at;
        END IF;
        IF (last.title_en, last.body_en) IS NOT DISTINCT FROM (given->>'title_en', given->>'body_en')
            AND NOT coalesce((given->>'en_same')::boolean, false) THEN
            en_then := last.en_at;
        END IF;
    END IF;
    IF last.state = 'draf' THEN
        UPDATE article_version AS v SET title_ms = given->>'title_ms', title_en = given->>'title_en', body_ms = given->>'body_ms',
            body_en = given->>'body_en', note = given->>'note', kind = given->>'kind', audience = given->>'audience',
            screens = of_screens, ms_at = ms_then, en_at = en_then, saved = v.saved + 1,
            saved_at = now(),
            writers = CASE WHEN acting_user() = ANY (v.writers) THEN v.writers ELSE v.writers || acting_user() END
        WHERE v.id = last.id RETURNING * INTO last;
    ELSE
        INSERT INTO article_version (article_id, number, title_ms, title_en, body_ms, body_en, note, kind, audience, screens, ms_at,
            en_at, writers)
        VALUES (own.id, coalesce(last.number, 0) + 1, given->>'title_ms', given->>'title_en', given->>'body_ms', given->>'body_en',
            given->>'note', given->>'kind', given->>'audience', of_screens, ms_then,
            en_then, ARRAY[acting_user()])
        RETURNING * INTO last;
    END IF;
    UPDATE article AS a SET kind = last.kind, audience = last.audience, screens = last.screens
    WHERE a.id = own.id AND NOT EXISTS (SELECT FROM article_version AS v WHERE v.article_id = own.id AND v.published_at IS NOT NULL);
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, after)
    VALUES (acting_user(), acting_login(), 'save_article', 'article', own.id,
            jsonb_build_object('slug', own.slug, 'number', last.number, 'saved', last.saved));
    RETURN last.saved;
END
$$;

-- Takes a step of an article; answers the state that its version is in then, NULL where there is none for who is acting.
CREATE OR REPLACE FUNCTION move_article(asked_slug text, step text, seen integer) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    own article;
    open_one article_version;
    became text;
BEGIN
    SELECT * INTO own FROM article AS a WHERE a.slug = asked_slug AND a.audience = ANY (acting_audiences()) FOR UPDATE;
    IF own.id IS NULL OR NOT may('write_articles') THEN
        RETURN NULL;
    ELSIF step IN ('terbit', 'arkib') AND NOT may('publish_articles') THEN
        RAISE EXCEPTION 'not_permitted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO open_one FROM article_version AS v
    WHERE v.article_id = own.id AND v.state = CASE step WHEN 'hantar' THEN 'draf' WHEN 'buang' THEN 'draf' WHEN 'pulang' THEN 'semakan'
        WHEN 'terbit' THEN 'semakan' WHEN 'arkib' THEN 'terbit' WHEN 'semak' THEN 'terbit' END
        AND v.audience = ANY (acting_audiences());
    IF open_one.id IS NULL THEN
        RAISE EXCEPTION 'article_stands' USING ERRCODE = 'EK251';
    ELSIF step IN ('hantar', 'buang', 'pulang', 'terbit') AND open_one.saved <> seen THEN
        RAISE EXCEPTION 'stale' USING ERRCODE = 'EK019';
    ELSIF step = 'terbit' AND acting_user() = ANY (open_one.writers) THEN
        RAISE EXCEPTION 'article_own_version' USING ERRCODE = 'EK252';
    END IF;
    IF step = 'buang' THEN
        DELETE FROM article_version AS v WHERE v.id = open_one.id;
        DELETE FROM article AS a WHERE a.id = own.id AND NOT EXISTS (SELECT FROM article_version AS v WHERE v.article_id = own.id);
        became := 'buang';
    ELSIF step = 'semak' THEN
        UPDATE article AS a SET review_on = current_date + interval '12 months' WHERE a.id = own.id;
        became := 'terbit';
    ELSE
        became := CASE step WHEN 'hantar' THEN 'semakan' WHEN 'pulang' THEN 'draf' ELSE step END;
        IF step = 'terbit' THEN
            UPDATE article_version AS v SET state = 'arkib', ended_at = now() WHERE v.article_id = own.id AND v.state = 'terbit';
            UPDATE article AS a SET review_on = current_date + interval '12 months',
                owner_id = coalesce(a.owner_id, open_one.writers[1]) WHERE a.id = own.id;
        END IF;
        UPDATE article_version AS v SET state = became,
            published_by = CASE WHEN step = 'terbit' THEN acting_user() ELSE v.published_by END,
            published_at = CASE WHEN step = 'terbit' THEN now() ELSE v.published_at END,
            ended_at = CASE WHEN step = 'arkib' THEN now() END
        WHERE v.id = open_one.id;
    END IF;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, after)
    VALUES (acting_user(), acting_login(), 'move_article', 'article', own.id,
            jsonb_build_object('slug', own.slug, 'number', open_one.number, 'state', became));
    RETURN became;
END
$$;

REVOKE ALL ON FUNCTION save_article(jsonb, integer), move_article(text, text, integer), article_is_published(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION save_article(jsonb, integer), move_article(text, text, integer), article_is_published(bigint) TO app_web;
