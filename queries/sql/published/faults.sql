-- How many households have a fault of each kind, for states or districts, as far as it may be shown; hidden ones empty.
-- grain:   one row per area and kind
-- params:  level, within
-- columns: area_code, area_name, kind, households?
-- row:     PublishedFaultRow
SELECT area.code AS area_code, area.name AS area_name, f.kind, f.households
FROM ekasih.area
JOIN ekasih.published_fault AS f ON f.area_code = area.code
WHERE area.level = CAST(:level AS text)
    AND CAST(:within AS text) IN ('MY', area.code, area.parent_code, area.state_code)
ORDER BY area.code, f.kind
