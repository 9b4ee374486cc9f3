-- The areas that a referral may be about: states, districts, catchments, and the mukim of the own districts.
-- grain:   one row per area
-- params:
-- columns: code, name, level, within
-- row:     ReferralAreaRow
SELECT a.code, a.name, a.level, w.name AS within
FROM ekasih.area AS a
JOIN ekasih.area AS w ON w.code = CASE a.level WHEN 'mukim' THEN a.parent_code WHEN 'state' THEN 'MY' ELSE a.state_code END
WHERE a.level IN ('state', 'district', 'catchment')
    OR a.level = 'mukim' AND a.parent_code IN (SELECT d.code FROM ekasih.reached_districts() AS d (code))
ORDER BY w.name, a.level, a.name
