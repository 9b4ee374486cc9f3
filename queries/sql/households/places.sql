-- Where a household was, newest first.
-- grain:   one row per place
-- params:  household
-- columns: place_id, valid_from, changed_by, district_name?, mukim_name?, strata, geom_method, geom_accuracy_m
-- row:     PlaceRow
SELECT place.id AS place_id, place.valid_from, place.changed_by, district.name AS district_name,
    mukim.name AS mukim_name, place.strata, place.geom_method, place.geom_accuracy_m
FROM ekasih.area_history AS place
LEFT JOIN ekasih.area AS district ON district.code = place.district_code
LEFT JOIN ekasih.area AS mukim ON mukim.code = place.mukim_code
WHERE place.household_id = :household
ORDER BY place.id DESC
