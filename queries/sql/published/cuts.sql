-- Of whom the poor households of an area are made up, as far as it may be shown; hidden counts are empty.
-- grain:   one row per cut: all, a strata, an ethnicity of the head, an age of persons
-- params:  area, month
-- columns: cut, tegar?, miskin?
-- row:     PublishedCutRow
SELECT c.cut, c.tegar, c.miskin
FROM ekasih.published_count AS c
WHERE c.area_code = CAST(:area AS text) AND c.month = CAST(:month AS date)
ORDER BY c.cut
