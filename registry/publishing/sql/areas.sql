-- The areas that have figures, with the one each lies in for the sums: a parliamentary seat in its state, a catchment
-- in none.
-- grain:   one row per area
-- params:
-- columns: code, level, parent_code
SELECT a.code, a.level,
    CASE a.level WHEN 'parliament' THEN coalesce(a.state_code, '') WHEN 'catchment' THEN ''
        ELSE coalesce(a.parent_code, '') END AS parent_code
FROM ekasih.area AS a
ORDER BY a.code
