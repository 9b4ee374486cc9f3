-- The articles that answer what is asked, the best first; near where only letters are alike.
-- grain:   one row per article
-- params:  asked, reader, kind, row_limit
-- columns: slug, kind, audience, language, title, snippet, near, total
-- row:     FoundArticleRow
SELECT a.slug, a.kind, a.audience, f.language, f.title, f.snippet, f.near, f.total
FROM ekasih.search_articles(:asked, :reader, :kind, CAST(:row_limit AS integer)) WITH ORDINALITY
    AS f (article_id, language, title, snippet, near, total, place)
JOIN ekasih.article AS a ON a.id = f.article_id
ORDER BY f.place
