-- Households with a fault of each kind, by state and district.
-- grain:   one row per area and kind with any
-- params:
-- columns: area_code, kind, households
SELECT area.code AS area_code, f.kind, count(*) AS households
FROM ekasih.faults(ARRAY(SELECT a.code FROM ekasih.area AS a WHERE a.level = 'district')) AS f
CROSS JOIN LATERAL (VALUES (f.state_code), (f.district_code)) AS area (code)
GROUP BY area.code, f.kind
