-- Of which days the figures by cuts are: the exact ones of the newest publication, those for everybody of the month they stand for.
-- grain:   one row
-- params:
-- columns: exact_on?, shown_on?
-- row:     CrossStateRow
SELECT (SELECT p.as_of FROM ekasih.publication AS p ORDER BY p.id DESC LIMIT 1) AS exact_on,
    (SELECT max(s.as_of) FROM ekasih.published_cross_state AS s) AS shown_on
