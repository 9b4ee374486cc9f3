-- Aid that reached the areas of a level inside an area, of one cut, in the twelve months before the newest publication:
-- exact for who may see the persons there (live), else as published, rounded. A live area without a row has none; of a
-- published one nothing is told but that it is below ten.
-- grain:   one row per area
-- params:  level, within, cut, live
-- columns: area_code, area_name, aided?, never?, households?, amount_rm?
-- row:     ReachAreaRow
SELECT area.code AS area_code, area.name AS area_name,
    CASE WHEN CAST(:live AS boolean) THEN coalesce(e.aided, 0) ELSE p.aided END AS aided,
    CASE WHEN CAST(:live AS boolean) THEN CASE CAST(:cut AS text) WHEN 'all' THEN coalesce(e.never, 0) END
         ELSE p.never END AS never,
    CASE WHEN CAST(:live AS boolean) THEN coalesce(e.households, 0) ELSE p.households END AS households,
    CASE WHEN CAST(:live AS boolean) THEN coalesce(e.amount_rm, 0) ELSE p.amount_rm END AS amount_rm
FROM ekasih.area AS area
LEFT JOIN ekasih.aid_area AS e ON e.area_code = area.code AND e.cut = CAST(:cut AS text)
LEFT JOIN ekasih.published_aid AS p ON p.area_code = area.code AND p.cut = CAST(:cut AS text)
WHERE area.level = CAST(:level AS text)
    AND CAST(:within AS text) IN ('MY', area.parent_code, area.state_code, CASE area.level WHEN 'catchment' THEN area.code END)
ORDER BY area.code
