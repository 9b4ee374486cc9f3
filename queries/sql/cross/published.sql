-- Poor households of areas by cuts, as far as everybody may be shown them; hidden ones are empty.
-- grain:   one row per area and pair of values
-- params:  areas, first, second
-- columns: area_code, first, second, households?
-- row:     PublishedCrossRow
SELECT c.area_code, c.first, c.second, c.households
FROM ekasih.published_cross AS c
WHERE c.area_code = ANY (CAST(:areas AS text[]))
    AND (c.first = 'all' OR starts_with(c.first, CAST(:first AS text) || ':') OR starts_with(c.first, CAST(:second AS text) || ':'))
    AND (starts_with(c.second, CAST(:second AS text) || ':') OR starts_with(c.second, CAST(:first AS text) || ':')
         OR starts_with(c.second, 'status:'))
ORDER BY c.area_code, c.first, c.second
