-- Projects whose place lies outside their office's catchment, or over 100 m from their household's.
-- grain:   one row per project
-- params:  row_limit
-- columns: number, title, inside?, apart_m?
-- row:     OddProjectRow
SELECT o.number, o.title, o.inside, o.apart_m FROM ekasih.odd_projects(CAST(:row_limit AS integer)) AS o
