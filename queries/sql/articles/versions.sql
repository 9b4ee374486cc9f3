-- The versions of an article, the newest first.
-- grain:   one row per version
-- params:  slug
-- columns: number, state, title_ms, note, saved_at, published_at?, published_by?, writers, shipped
-- row:     ArticleVersionRow
SELECT v.number, v.state, v.title_ms, v.note, v.saved_at, v.published_at, ekasih.name_of_user(v.published_by) AS published_by,
    ARRAY(SELECT coalesce(ekasih.name_of_user(w), '') FROM unnest(v.writers) AS w) AS writers, v.shipped IS NOT NULL AS shipped
FROM ekasih.article_version AS v JOIN ekasih.article AS a ON a.id = v.article_id
WHERE a.slug = :slug
ORDER BY v.number DESC
LIMIT 100
