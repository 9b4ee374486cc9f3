-- An article: by its name, else the one that explains a page, of which the narrowest audience comes first.
-- grain:   one row
-- params:  slug, screen
-- columns: slug, kind, audience, screens, review_on, owner?, number?, title_ms?, title_en?, body_ms?, body_en?, published_at?, published_by?, shipped, en_old, open_number?, open_state?, open_saved?, open_mine
-- row:     ArticleRow
SELECT a.slug, a.kind, a.audience, a.screens, a.review_on, ekasih.name_of_user(a.owner_id) AS owner, v.number, v.title_ms, v.title_en,
    v.body_ms, v.body_en, v.published_at, ekasih.name_of_user(v.published_by) AS published_by, v.shipped IS NOT NULL AS shipped,
    coalesce(v.en_at < v.ms_at, v.en_at IS NULL) AS en_old, o.number AS open_number, o.state AS open_state, o.saved AS open_saved,
    coalesce(ekasih.acting_user() = ANY (o.writers), false) AS open_mine
FROM ekasih.article AS a
LEFT JOIN ekasih.article_version AS v ON v.article_id = a.id AND v.state = 'terbit'
LEFT JOIN ekasih.article_version AS o ON o.article_id = a.id AND o.state IN ('draf', 'semakan')
WHERE a.slug = :slug OR (CAST(:screen AS text) <> '' AND a.screens @> ARRAY[CAST(:screen AS text)] AND v.id IS NOT NULL)
ORDER BY array_position('{pentadbir,pegawai,agensi,awam}', a.audience), cardinality(a.screens), a.id
LIMIT 1
