-- Whether exact figures of an area may be told to who asks, and what all figures rest on.
-- grain:   one row
-- params:  area
-- columns: exact, level?, name?
-- row:     ReportScopeRow
SELECT ekasih.sees_area(CAST(:area AS text)) AS exact,
    (SELECT a.level FROM ekasih.area AS a WHERE a.code = CAST(:area AS text)) AS level,
    (SELECT a.name FROM ekasih.area AS a WHERE a.code = CAST(:area AS text)) AS name
