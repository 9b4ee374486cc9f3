-- What one version of an article says.
-- grain:   one row
-- params:  slug, version_number
-- columns: slug, number, state, kind, audience, screens, title_ms, title_en, body_ms, body_en, note, saved, en_old
-- row:     ArticleWordsRow
SELECT a.slug, v.number, v.state, v.kind, v.audience, v.screens, v.title_ms, v.title_en, v.body_ms, v.body_en, v.note, v.saved,
    coalesce(v.en_at < v.ms_at, v.en_at IS NULL) AS en_old
FROM ekasih.article_version AS v JOIN ekasih.article AS a ON a.id = v.article_id
WHERE a.slug = :slug AND v.number = :version_number
