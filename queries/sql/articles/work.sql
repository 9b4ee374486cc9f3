-- What waits for who writes articles: those in review, drafts, those due for a look, and what readers said of each.
-- grain:   one row per article
-- params:  row_limit
-- columns: slug, audience, title_ms, title_en, owner?, state, review_on, due, yes, no
-- row:     ArticleWorkRow
SELECT a.slug, a.audience, v.title_ms, v.title_en, ekasih.name_of_user(a.owner_id) AS owner, v.state, a.review_on,
    a.review_on <= current_date AS due, f.yes, f.no
FROM ekasih.article AS a
CROSS JOIN LATERAL (
    SELECT v.title_ms, v.title_en, v.state FROM ekasih.article_version AS v WHERE v.article_id = a.id
    ORDER BY v.number DESC LIMIT 1) AS v
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE t.helpful) AS yes, count(*) FILTER (WHERE NOT t.helpful) AS no
    FROM ekasih.article_feedback AS t WHERE t.article_id = a.id AND t.given_on > current_date - 365) AS f
ORDER BY array_position('{semakan,draf,terbit,arkib}', v.state), a.review_on > current_date,
    f.no / greatest(1.0, f.yes + f.no) DESC, a.review_on, a.id
LIMIT :row_limit
