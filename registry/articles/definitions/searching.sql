-- Searching articles: title before headings before body, words of the same meaning, slips; and what readers say.

-- What is asked as a query: of every word, and of some of them. Words that mean the same stand for each other.
CREATE OR REPLACE FUNCTION article_query(asked text, config regconfig, OUT every tsquery, OUT partly tsquery, OUT parts text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    idle CONSTANT text[] := '{dan,yang,di,ke,dari,untuk,apa,ini,itu,atau,dengan,adalah,bagaimana,cara,tidak,juga,akan,oleh,saya,nak}'::text[]
        || '{hendak,boleh,ada,pada,the,of,a,an,to,in,for,is,how,do,i,and,or,what,my,can,that,this,with,from,not,be,are,it,by}'::text[];
    said text[];
    place integer := 1;
    took integer;
    same text;
    one tsquery;
BEGIN
    said := (string_to_array(btrim(regexp_replace(lower(left(asked, 200)), '[^[:alnum:]]+', ' ', 'g')), ' '))[1:12];
    parts := ARRAY(SELECT w FROM unnest(said) AS w WHERE length(w) >= 4 AND w <> ALL (idle));
    WHILE place <= coalesce(cardinality(said), 0) LOOP
        same := NULL;
        FOR most IN REVERSE least(4, cardinality(said) - place + 1)..1 LOOP
            SELECT s.meaning INTO same FROM article_synonym AS s
            WHERE s.phrase = array_to_string(said[place:place + most - 1], ' ');
            took := most;
            EXIT WHEN same IS NOT NULL;
        END LOOP;
        one := NULL;
        IF same IS NOT NULL THEN
            SELECT string_agg('(' || phraseto_tsquery(config, s.phrase)::text || ')', ' | ')::tsquery INTO one
            FROM article_synonym AS s WHERE s.meaning = same AND numnode(phraseto_tsquery(config, s.phrase)) > 0;
            place := place + took;
        ELSE
            IF said[place] <> ALL (idle) THEN
                one := plainto_tsquery(config, said[place]);
                one := CASE WHEN numnode(one) > 0 THEN one END;
            END IF;
            place := place + 1;
        END IF;
        IF one IS NOT NULL THEN
            every := coalesce(every && one, one);
            partly := coalesce(partly || one, one);
        END IF;
    END LOOP;
END
$$;

-- The articles and files of some audiences that answer what is asked, the best first; near is whether only their letters are alike.
-- Its words are looked up in the index alone: read from each row they would be the most of the time.
CREATE OR REPLACE FUNCTION articles_found(audiences text[], asked text, reader text, asked_kind text, row_limit integer)
RETURNS TABLE (article_id bigint, file_id bigint, language text, title text, snippet text, near boolean, total bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp SET plan_cache_mode = 'force_custom_plan'
SET enable_seqscan = off
AS $$
DECLARE
    ms record;
    en record;
    few bigint;
BEGIN
    SELECT * INTO ms FROM article_query(asked, 'indonesian');
    SELECT * INTO en FROM article_query(asked, 'english');
    IF ms.every IS NULL OR en.every IS NULL THEN
        RETURN;
    END IF;
    SELECT count(*) INTO few FROM (
        SELECT FROM (VALUES ('ms', ms.every), ('en', en.every)) AS q (spoken, every)
        JOIN article_search AS s ON s.language = q.spoken AND s.words @@ q.every
        WHERE s.audience = ANY (audiences) AND (asked_kind = '' OR s.kind = asked_kind) LIMIT 5) AS f;
    RETURN QUERY
    WITH asked_for AS (
        SELECT q.* FROM (VALUES ('ms', ms.every, ms.partly), ('en', en.every, en.partly)) AS q (spoken, every, partly)
    ), hits AS MATERIALIZED (
        SELECT s.id, coalesce(s.article_id, -s.file_id) AS article, q.spoken,
            -- most answer in their text alone: of these nothing more is asked
            CASE WHEN NOT s.lead @@ q.every THEN 2 WHEN ts_filter(s.lead, '{a}') @@ q.every THEN 4 ELSE 3 END AS tier,
            CASE WHEN s.lead @@ q.every THEN ts_rank(s.lead, q.every) ELSE 0 END AS rank
        FROM asked_for AS q JOIN article_search AS s ON s.language = q.spoken AND s.words @@ q.every
        WHERE s.audience = ANY (audiences) AND (asked_kind = '' OR s.kind = asked_kind)
        UNION ALL
        SELECT s.id, coalesce(s.article_id, -s.file_id), q.spoken, 1, ts_rank(s.lead, q.partly)
        FROM asked_for AS q JOIN article_search AS s ON s.language = q.spoken AND s.lead @@ q.partly
        WHERE few < 5 AND s.audience = ANY (audiences) AND (asked_kind = '' OR s.kind = asked_kind)
    ), best AS (
        SELECT DISTINCT ON (h.article) h.id, h.article, max(h.tier) OVER w AS tier, max(h.rank) OVER w AS rank
        FROM hits AS h WINDOW w AS (PARTITION BY h.article)
        ORDER BY h.article, h.spoken = reader DESC, h.tier DESC, h.id
    ), top AS (
        SELECT b.*, count(*) OVER () AS total FROM best AS b ORDER BY b.tier DESC, b.rank DESC, b.article LIMIT row_limit
    )
    SELECT s.article_id, s.file_id, s.language, s.title,
        ts_headline(article_words(s.language), left(s.body, 4000), CASE s.language WHEN 'ms' THEN ms.partly ELSE en.partly END,
            E'StartSel=\x02, StopSel=\x03, MaxWords=30, MinWords=15'),
        false, t.total
    FROM top AS t JOIN article_search AS s ON s.id = t.id
    ORDER BY t.tier DESC, t.rank DESC, t.article;
    IF NOT FOUND THEN
        RETURN QUERY
        WITH alike AS (
            SELECT DISTINCT ON (coalesce(s.article_id, -s.file_id)) s.id, coalesce(s.article_id, -s.file_id) AS article,
                sum(strict_word_similarity(w.word, lower(s.heads))) AS score
            FROM unnest(ms.parts) AS w (word) JOIN article_search AS s ON w.word <<% s.heads
            WHERE s.audience = ANY (audiences) AND (asked_kind = '' OR s.kind = asked_kind)
            GROUP BY s.id ORDER BY coalesce(s.article_id, -s.file_id), s.language = reader DESC, score DESC
        )
        SELECT s.article_id, s.file_id, s.language, s.title, left(s.body, 180), true, count(*) OVER ()
        FROM alike AS a JOIN article_search AS s ON s.id = a.id ORDER BY a.score DESC, a.article LIMIT row_limit;
    END IF;
END
$$;

-- The translated articles of some audiences that hold most of what is asked, by pieces of its words: Chinese puts no space between
-- words, Tamil joins endings to them, and the database has no dictionary of either. They are few: each is read.
CREATE OR REPLACE FUNCTION translations_found(audiences text[], asked text, reader text)
RETURNS TABLE (article_id bigint, title text, snippet text, near boolean, place bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    WITH said AS (
        -- marks by their code: whether a sign of Tamil counts as a mark depends on the locale
        SELECT w.word
        FROM regexp_split_to_table(
            regexp_replace(lower(normalize(left(asked, 200), NFC)), '怎么样|怎么办|怎么|怎样|如何|什么|请问|可以|我想|我要|我的|吗|呢|的', ' ', 'g'),
            '[\s\u0021-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007e\u2010-\u2027\u3000-\u303f\uff00-\uff0f\uff1a-\uff20]+') AS w (word)
        WHERE w.word <> ALL ('{"",எப்படி,என்ன,எது,எங்கே,ஏன்,எப்போது,நான்,என்,எனது,எனக்கு,வேண்டும்}'::text[])
    ), pieces AS (
        SELECT DISTINCT substr(s.word, p.place, n.size) AS piece
        FROM said AS s CROSS JOIN LATERAL (SELECT CASE WHEN s.word ~ '[\u2e80-\u9fff]' THEN 2 ELSE 4 END AS size) AS n
        CROSS JOIN LATERAL generate_series(1, greatest(1, length(s.word) - n.size + 1)) AS p (place)
    ), held AS (
        SELECT t.article_id, t.title, t.body, avg((position(p.piece IN lower(t.title || ' ' || t.body)) > 0)::integer) AS share,
            count(*) FILTER (WHERE position(p.piece IN lower(t.title)) > 0) AS titled,
            sum((length(t.body) - length(replace(lower(t.body), p.piece, ''))) / length(p.piece)) AS times
        FROM article_translation AS t JOIN article AS a ON a.id = t.article_id CROSS JOIN pieces AS p
        WHERE t.language = reader AND a.audience = ANY (audiences) AND article_is_published(a.id)
        GROUP BY t.article_id, t.language
    )
    SELECT h.article_id, h.title, l.line, h.share < 0.75,
        row_number() OVER (ORDER BY h.titled DESC, h.share DESC, h.times DESC, h.article_id)
    FROM held AS h CROSS JOIN LATERAL (
        SELECT left(article_plain(b.line), 180) AS line FROM unnest(string_to_array(h.body, E'\n')) WITH ORDINALITY AS b (line, place)
        WHERE b.line <> '' AND b.line !~ '^(#|\|-)'
        ORDER BY (SELECT count(*) FROM pieces AS p WHERE position(p.piece IN lower(b.line)) > 0) DESC, b.place LIMIT 1) AS l
    WHERE h.share >= 0.5
$$;

CREATE OR REPLACE FUNCTION search_articles(asked text, reader text, asked_kind text, row_limit integer)
RETURNS TABLE (article_id bigint, file_id bigint, language text, title text, snippet text, near boolean, total bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$ SELECT f.* FROM articles_found(acting_audiences(), asked, reader, asked_kind, least(row_limit, 50)) AS f $$;

-- Keeps what was not found, unless it holds six digits or more: it may be somebody's number.
CREATE OR REPLACE FUNCTION keep_article_miss(on_shelf text, said text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    INSERT INTO article_miss AS m (shelf, asked)
    SELECT on_shelf, w.words
    FROM (SELECT left(btrim(regexp_replace(lower(said), '\s+', ' ', 'g')), 100) AS words) AS w
    WHERE w.words <> '' AND length(regexp_replace(said, '\D', '', 'g')) < 6
        -- what nobody reads any more is no reason to grow
        AND (SELECT count(*) FROM article_miss AS o WHERE o.shelf = on_shelf) < 5000
    ON CONFLICT (shelf, asked) DO UPDATE SET times = m.times + 1, last_on = current_date
$$;
CREATE OR REPLACE FUNCTION note_article_miss(said text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$ SELECT keep_article_miss('dalam', said) WHERE signed_in() $$;

-- Keeps what a reader says of a published article; long numbers are masked.
CREATE OR REPLACE FUNCTION keep_article_feedback(audiences text[], on_shelf text, asked_slug text, helps boolean, said text)
RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    INSERT INTO article_feedback (article_id, version, shelf, helpful, told)
    SELECT a.id, v.number, on_shelf, helps,
        left(regexp_replace(left(btrim(coalesce(said, '')), 400), '\d([ .\-/]{0,2}\d){5,}', '••••••', 'g'), 200)
    FROM article AS a JOIN article_version AS v ON v.article_id = a.id AND v.state = 'terbit'
    WHERE a.slug = asked_slug AND a.audience = ANY (audiences)
    RETURNING true
$$;
CREATE OR REPLACE FUNCTION tell_article(asked_slug text, helps boolean, said text) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$ SELECT keep_article_feedback(acting_audiences(), 'dalam', asked_slug, helps, said) $$;

CREATE OR REPLACE FUNCTION keep_article_read(audiences text[], asked_slug text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    INSERT INTO article_read AS r (article_id, month, times)
    SELECT a.id, date_trunc('month', current_date), 1 FROM article AS a
    WHERE a.slug = asked_slug AND a.audience = ANY (audiences) AND article_is_published(a.id)
    ON CONFLICT (article_id, month) DO UPDATE SET times = r.times + 1
$$;
CREATE OR REPLACE FUNCTION note_article_read(asked_slug text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$ SELECT keep_article_read(acting_audiences(), asked_slug) $$;

REVOKE ALL ON FUNCTION article_query(text, regconfig), articles_found(text[], text, text, text, integer),
    translations_found(text[], text, text), search_articles(text, text, text, integer), keep_article_miss(text, text),
    note_article_miss(text), keep_article_feedback(text[], text, text, boolean, text), tell_article(text, boolean, text), keep_article_read(text[], text),
    note_article_read(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_articles(text, text, text, integer), note_article_miss(text), tell_article(text, boolean, text),
    note_article_read(text) TO app_web;
