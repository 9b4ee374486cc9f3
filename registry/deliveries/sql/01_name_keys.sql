-- The place names of the delivery with their keys, each only once: normalising is the dearest step of all.
CREATE TEMP TABLE name_keys ON COMMIT DROP AS
SELECT raw, area_key(raw) AS key
FROM (
    SELECT negeri AS raw FROM stage_isirumah
    UNION SELECT daerah FROM stage_isirumah
    UNION SELECT mukim FROM stage_isirumah
    UNION SELECT kampung_taman FROM stage_isirumah
    UNION SELECT bandar FROM stage_isirumah
) AS names
WHERE btrim(raw) <> ''
