-- For whom the person asking acts now.
-- grain:   one row per delegation that runs
-- columns: display_name, areas, until_date
-- row:     LentRow
SELECT a.display_name,
    ARRAY(SELECT area.name FROM ekasih.area AS area WHERE area.code = ANY (a.areas) ORDER BY area.code) AS areas,
    a.until_date
FROM ekasih.acting_for() AS a
