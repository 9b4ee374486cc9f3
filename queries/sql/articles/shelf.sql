-- The published articles of the reader's shelves: those opened most in three months first.
-- grain:   one row per article
-- params:  shelf_kind, row_limit, row_offset
-- columns: slug, kind, audience, title_ms, title_en, published_at, reads, total
-- row:     ShelfRow
SELECT a.slug, a.kind, a.audience, v.title_ms, v.title_en, v.published_at, CAST(coalesce(r.reads, 0) AS bigint) AS reads,
    count(*) OVER () AS total
FROM ekasih.article AS a
JOIN ekasih.article_version AS v ON v.article_id = a.id AND v.state = 'terbit'
LEFT JOIN (
    SELECT o.article_id, sum(o.times) AS reads FROM ekasih.article_read AS o
    WHERE o.month > current_date - 92 GROUP BY o.article_id) AS r ON r.article_id = a.id
WHERE CAST(:shelf_kind AS text) = '' OR a.kind = :shelf_kind
ORDER BY reads DESC, v.title_ms, a.id
LIMIT :row_limit OFFSET :row_offset
