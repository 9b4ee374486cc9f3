-- What the public is told of the offices of the districts of who asks.
-- grain:   one row per district
-- params:
-- columns: district_code, district_name, address, telephone, hours, version
-- row:     DistrictOfficeRow
SELECT d.code AS district_code, d.name AS district_name, coalesce(o.address, '') AS address, coalesce(o.telephone, '') AS telephone,
    coalesce(o.hours, '') AS hours, coalesce(o.version, 0) AS version
FROM ekasih.area AS d
LEFT JOIN ekasih.district_office AS o ON o.district_code = d.code
WHERE d.level = 'district' AND ekasih.may('assign') AND ekasih.in_territory(d.code)
ORDER BY d.name
