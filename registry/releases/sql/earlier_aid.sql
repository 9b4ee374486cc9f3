-- What approved releases told of the aid of whole years.
-- grain:   one row per approved release, year, programme and area
-- params:  first_year
-- columns: release_id, year, programme_code, programme_ms, programme_en, area_code, told, households?, amount_rm?
SELECT a.release_id, a.year, a.programme_code, a.programme_ms, a.programme_en, a.area_code, a.told, a.households, a.amount_rm
FROM ekasih.release_aid AS a
JOIN ekasih.release AS r ON r.id = a.release_id AND r.state = 'diluluskan'
WHERE a.year >= :first_year
