-- What was searched and not found, most often first.
-- grain:   one row per search
-- params:  row_limit
-- columns: shelf, asked, times, last_on
-- row:     ArticleMissRow
SELECT m.shelf, m.asked, m.times, m.last_on
FROM ekasih.article_miss AS m
ORDER BY m.times DESC, m.last_on DESC, m.shelf, m.asked
LIMIT :row_limit
