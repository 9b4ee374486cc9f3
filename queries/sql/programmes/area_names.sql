-- The names of areas by their codes.
-- grain:   one row per area
-- params:  codes
-- columns: code, name
-- row:     NamedAreaRow
SELECT a.code, a.name FROM ekasih.area AS a WHERE a.code = ANY (CAST(:codes AS text[]))
