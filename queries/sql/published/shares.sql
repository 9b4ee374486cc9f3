-- The share of an area's households that each indicator of work counts, rounded, as far as it may be shown.
-- grain:   one row per indicator
-- params:  area
-- columns: indicator_code, share?
-- row:     PublishedShareRow
SELECT s.indicator_code, s.share FROM ekasih.published_share AS s WHERE s.area_code = CAST(:area AS text)
