-- The articles and files that answer what is asked, the best first; near where only letters are alike.
-- grain:   one row per article or file
-- params:  asked, reader, shelf_kind, row_limit
-- columns: slug?, file_id?, kind, audience, language, title, snippet, near, total
-- row:     FoundArticleRow
SELECT a.slug, f.file_id, coalesce(a.kind, l.kind) AS kind, coalesce(a.audience, l.audience) AS audience, f.language, f.title, f.snippet,
    f.near, f.total
FROM ekasih.search_articles(:asked, :reader, :shelf_kind, CAST(:row_limit AS integer)) WITH ORDINALITY
    AS f (article_id, file_id, language, title, snippet, near, total, place)
LEFT JOIN ekasih.article AS a ON a.id = f.article_id
LEFT JOIN ekasih.library_file AS l ON l.id = f.file_id
ORDER BY f.place
