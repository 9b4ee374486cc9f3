-- What was last worked out of districts held against each other: by DOSM's rate, by the register's, and how far a town is.
-- grain:   one row per subject
-- params:
-- columns: subject, of_day?, areas, reason?, worked_on
-- row:     LookRow
SELECT l.subject, l.of_day, l.areas, l.reason, l.worked_on FROM ekasih.area_look AS l ORDER BY l.subject
