-- The names of areas by code.
-- grain:   one row per area that there is
-- params:  codes
-- columns: code, name
-- row:     AreaNameRow
SELECT a.code, a.name FROM ekasih.area AS a WHERE a.code = ANY (CAST(:codes AS text[]))
