-- Household rows as they are understood; NULL for what is not. The first row of a number is occurrence 1.
CREATE TEMP TABLE read_household ON COMMIT DROP AS
SELECT
    s.row_no,
    upper(btrim(s.no_isirumah)) AS file_no,
    row_number() OVER (PARTITION BY upper(btrim(s.no_isirumah)) ORDER BY s.row_no) AS occurrence,
    state.code AS state_code,
    district.code AS district_code,
    mukim.code AS mukim_code,
    nullif(btrim(s.mukim), '') IS NOT NULL AND mukim.code IS NULL AS mukim_unknown,
    read_strata(s.strata) AS strata,
    read_date(s.tarikh_banci) AS census_date,
    village.key AS village_key,
    town.key AS town_key,
    nullif(lpad(regexp_replace(s.poskod, '\D', '', 'g'), 5, '0'), '00000') AS postcode,
    read_number(s.latitud) AS latitude,
    read_number(s.longitud) AS longitude,
    nullif(btrim(s.latitud), '') IS NOT NULL OR nullif(btrim(s.longitud), '') IS NOT NULL AS has_coordinates,
    nullif(regexp_replace(s.telefon, '\D', '', 'g'), '') AS phone_key
FROM stage_isirumah AS s
LEFT JOIN name_keys AS state_name ON state_name.raw = s.negeri
LEFT JOIN area_alias AS state ON state.level = 'state' AND state.alias = state_name.key
LEFT JOIN name_keys AS district_name ON district_name.raw = s.daerah
LEFT JOIN area_alias AS district
    ON district.level = 'district' AND district.state_code = state.code AND district.alias = district_name.key
LEFT JOIN name_keys AS mukim_name ON mukim_name.raw = s.mukim
LEFT JOIN area_alias AS mukim
    ON mukim.level = 'mukim' AND mukim.state_code = state.code AND mukim.alias = mukim_name.key
    AND left(mukim.code, 4) = district.code
LEFT JOIN name_keys AS village ON village.raw = s.kampung_taman
LEFT JOIN name_keys AS town ON town.raw = s.bandar
