-- How many households each worklist has, of those that the acting user may see.
-- grain:   one row
-- params:  district
-- columns: tegar, miskin, due, unplaced, unvisited, quality
SELECT
    count(*) FILTER (WHERE h.status = 'tegar') AS tegar,
    count(*) FILTER (WHERE h.status IN ('tegar', 'miskin')) AS miskin,
    count(*) FILTER (WHERE h.next_review_on < current_date) AS due,
    count(*) FILTER (WHERE h.geom_method NOT IN ('given', 'swapped', 'manual')) AS unplaced,
    count(*) FILTER (WHERE h.status = 'tegar'
        AND coalesce(h.last_visit_on, h.census_date, h.registered_on) < current_date - interval '6 months') AS unvisited,
    (SELECT count(DISTINCT f.household_id) FROM ekasih.quality_flag AS f
     WHERE f.resolved_at IS NULL AND (CAST(:district AS text) IS NULL OR f.district_code = CAST(:district AS text)))
        AS quality
FROM ekasih.household AS h
WHERE CAST(:district AS text) IS NULL OR h.district_code = CAST(:district AS text)
