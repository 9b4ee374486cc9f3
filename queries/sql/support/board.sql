-- The counts of support since a month, by kind or by place, of the places that who is acting handles. What is open is open
-- whenever it was opened.
-- grain:   one row per kind, or per place
-- params:  since_month, by_place
-- columns: code, name?, opened, open_now, answered, answered_in_time, solved, solved_in_time, reopened, articles, rated, rating_sum
-- row:     TicketBoardRow
SELECT m.code, a.name, sum(m.counted * m.opened)::bigint AS opened, sum(m.open_now)::bigint AS open_now,
    sum(m.counted * m.answered)::bigint AS answered, sum(m.counted * m.answered_in_time)::bigint AS answered_in_time,
    sum(m.counted * m.solved)::bigint AS solved, sum(m.counted * m.solved_in_time)::bigint AS solved_in_time,
    sum(m.counted * m.reopened)::bigint AS reopened, sum(m.counted * m.articles)::bigint AS articles,
    sum(m.counted * m.rated)::bigint AS rated, sum(m.counted * m.rating_sum)::bigint AS rating_sum
FROM (SELECT CASE WHEN CAST(:by_place AS boolean) THEN t.place ELSE t.kind END AS code,
          (t.month >= CAST(:since_month AS date))::integer AS counted, t.*
      FROM ekasih.ticket_month AS t
      WHERE t.month >= CAST(:since_month AS date) OR t.open_now > 0) AS m
LEFT JOIN ekasih.area AS a ON a.code = m.code
GROUP BY m.code, a.name
HAVING sum(m.counted * m.opened) > 0 OR sum(m.open_now) > 0
ORDER BY sum(m.open_now) DESC, sum(m.counted * m.opened) DESC, m.code LIMIT 200
