-- What readers said of an article in a year, the latest first.
-- grain:   one row per answer
-- params:  slug, row_limit
-- columns: helpful, told, given_on, version
-- row:     ArticleToldRow
SELECT f.helpful, f.told, f.given_on, f.version
FROM ekasih.article_feedback AS f JOIN ekasih.article AS a ON a.id = f.article_id
WHERE a.slug = :slug AND f.given_on > current_date - 365
ORDER BY f.id DESC
LIMIT :row_limit
