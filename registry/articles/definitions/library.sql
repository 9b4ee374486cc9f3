-- The library: files that are added, described and, by somebody else, published; the newest version takes the place of the one before.

CREATE POLICY read_own_audience ON library_file FOR SELECT TO app_web
USING (audience = ANY (acting_audiences())
       AND (may('write_articles') OR (published_at IS NOT NULL AND withdrawn_at IS NULL)));
GRANT SELECT ON library_file TO app_web;

-- What is published keeps its facts; its text is read when a job comes to it.
CREATE OR REPLACE TRIGGER file_stands BEFORE UPDATE ON library_file
    FOR EACH ROW WHEN (OLD.withdrawn_at IS NOT NULL OR (OLD.published_at IS NOT NULL
        AND (OLD.file_name, OLD.stored_name, OLD.kind, OLD.sha256, OLD.title_ms, OLD.title_en, OLD.audience, OLD.source, OLD.licence,
             OLD.dated, OLD.version, OLD.published_by, OLD.published_at)
            IS DISTINCT FROM
            (NEW.file_name, NEW.stored_name, NEW.kind, NEW.sha256, NEW.title_ms, NEW.title_en, NEW.audience, NEW.source, NEW.licence,
             NEW.dated, NEW.version, NEW.published_by, NEW.published_at)))
    EXECUTE FUNCTION keep_article_version();

CREATE OR REPLACE FUNCTION keep_file_search() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    DELETE FROM article_search AS s WHERE s.file_id = NEW.id;
    IF NEW.published_at IS NOT NULL AND NEW.withdrawn_at IS NULL THEN
        INSERT INTO article_search (file_id, language, audience, kind, title, heads, body, lead, words)
        SELECT NEW.id, t.language, NEW.audience, 'fail', t.title, t.title || ' . ' || NEW.file_name, NEW.content, l.lead,
            l.lead || setweight(to_tsvector(article_words(t.language), left(NEW.content, 200000)), 'D')
        FROM (VALUES ('ms', NEW.title_ms), ('en', NEW.title_en)) AS t (language, title)
        CROSS JOIN LATERAL (SELECT setweight(to_tsvector(article_words(t.language), t.title), 'A')
                                || setweight(to_tsvector(article_words(t.language), NEW.file_name), 'B') AS lead) AS l
        WHERE t.title <> '';
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER file_searched AFTER INSERT OR UPDATE ON library_file
    FOR EACH ROW EXECUTE FUNCTION keep_file_search();

CREATE OR REPLACE FUNCTION add_library_file(name text, called text, judged text, digest text, size bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    made bigint;
BEGIN
    IF NOT may('write_articles') THEN
        RAISE EXCEPTION 'not_permitted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO library_file (file_name, stored_name, kind, sha256, bytes, added_by)
    VALUES (called, name, judged, digest, size, acting_user()) RETURNING id INTO made;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, after)
    VALUES (acting_user(), acting_login(), 'add_library_file', 'library_file', made, jsonb_build_object('sha256', digest));
    RETURN made;
END
$$;

-- States what a file is, by who added it: titles, audience, source, licence, day, and which one it replaces.
CREATE OR REPLACE FUNCTION describe_library_file(asked_file bigint, given jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    own library_file;
    old library_file;
BEGIN
    SELECT * INTO own FROM library_file AS f WHERE f.id = asked_file AND f.audience = ANY (acting_audiences()) FOR UPDATE;
    IF own.id IS NULL OR NOT may('write_articles') THEN
        RETURN NULL;
    ELSIF own.added_by <> acting_user() OR NOT coalesce(given->>'audience' = ANY (acting_audiences()), false) THEN
        RAISE EXCEPTION 'not_permitted' USING ERRCODE = 'insufficient_privilege';
    ELSIF own.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'article_stands' USING ERRCODE = 'EK251';
    END IF;
    SELECT * INTO old FROM library_file AS f
    WHERE f.id = (given->>'replaces')::bigint AND f.id <> own.id AND f.published_at IS NOT NULL AND f.withdrawn_at IS NULL
        AND f.audience = ANY (acting_audiences());
    UPDATE library_file AS f SET title_ms = given->>'title_ms', title_en = given->>'title_en', audience = given->>'audience',
        source = given->>'source', licence = given->>'licence', dated = (given->>'dated')::date, replaces_id = old.id,
        version = coalesce(old.version, 0) + 1
    WHERE f.id = own.id;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, after)
    VALUES (acting_user(), acting_login(), 'describe_library_file', 'library_file', own.id,
            jsonb_build_object('audience', given->>'audience', 'replaces', old.id));
    RETURN true;
END
$$;

-- Publishes a file (terbit), by somebody else than who added it, or takes one away (tarik).
CREATE OR REPLACE FUNCTION move_library_file(asked_file bigint, step text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    own library_file;
BEGIN
    SELECT * INTO own FROM library_file AS f WHERE f.id = asked_file AND f.audience = ANY (acting_audiences()) FOR UPDATE;
    IF own.id IS NULL OR NOT may('write_articles') THEN
        RETURN NULL;
    ELSIF NOT may('publish_articles') AND NOT (step = 'tarik' AND own.added_by = acting_user() AND own.published_at IS NULL) THEN
        RAISE EXCEPTION 'not_permitted' USING ERRCODE = 'insufficient_privilege';
    ELSIF own.withdrawn_at IS NOT NULL OR (step = 'terbit' AND (own.published_at IS NOT NULL OR own.dated IS NULL)) THEN
        RAISE EXCEPTION 'article_stands' USING ERRCODE = 'EK251';
    ELSIF step = 'terbit' AND own.added_by = acting_user() THEN
        RAISE EXCEPTION 'article_own_version' USING ERRCODE = 'EK252';
    END IF;
    IF step = 'terbit' THEN
        UPDATE library_file AS f SET withdrawn_at = now() WHERE f.id = own.replaces_id AND f.withdrawn_at IS NULL;
        UPDATE library_file AS f SET published_at = now(), published_by = acting_user() WHERE f.id = own.id;
    ELSE
        UPDATE library_file AS f SET withdrawn_at = now() WHERE f.id = own.id;
    END IF;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, after)
    VALUES (acting_user(), acting_login(), 'move_library_file', 'library_file', own.id, jsonb_build_object('step', step));
    RETURN step;
END
$$;

REVOKE ALL ON FUNCTION add_library_file(text, text, text, text, bigint), describe_library_file(bigint, jsonb),
    move_library_file(bigint, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION add_library_file(text, text, text, text, bigint), describe_library_file(bigint, jsonb),
    move_library_file(bigint, text) TO app_web;
