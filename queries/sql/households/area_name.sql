-- What an area is called.
-- grain:   one row, or none for an unknown code
-- params:  code
-- columns: name
-- row:     AreaNameRow
SELECT area.name FROM ekasih.area AS area WHERE area.code = CAST(:code AS text)
