-- The years in which the projects that who is acting reads were opened, the newest first.
-- grain:   one row per year
-- params:
-- columns: year
-- row:     ProjectYearRow
SELECT DISTINCT CAST(extract(year FROM p.opened_at) AS integer) AS year FROM ekasih.project AS p ORDER BY year DESC
