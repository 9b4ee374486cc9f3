-- The shares of households that indicators of work count, of several areas, rounded, as far as they may be shown.
-- grain:   one row per area and indicator
-- params:  areas
-- columns: area_code, indicator_code, share?
-- row:     BoardShareRow
SELECT s.area_code, s.indicator_code, s.share
FROM ekasih.published_share AS s
WHERE s.area_code = ANY (CAST(:areas AS text[]))
