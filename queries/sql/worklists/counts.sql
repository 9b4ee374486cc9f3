-- How many households each worklist has, of those that the acting user may see; the exited ones by their reason as well.
-- grain:   one row
-- params:  district
-- columns: tegar, miskin, due, unplaced, unvisited, died, moved, exited, income_rose, died_out, focus_group, welfare_aid, remarried, other, quality
SELECT
    count(*) FILTER (WHERE h.exited_on IS NULL AND h.status = 'tegar') AS tegar,
    count(*) FILTER (WHERE h.exited_on IS NULL AND h.status IN ('tegar', 'miskin')) AS miskin,
    count(*) FILTER (WHERE h.exited_on IS NULL AND h.next_review_on < current_date) AS due,
    count(*) FILTER (WHERE h.exited_on IS NULL AND h.geom_method NOT IN ('given', 'swapped', 'manual')) AS unplaced,
    count(*) FILTER (WHERE h.exited_on IS NULL AND h.status = 'tegar'
        AND coalesce(h.last_visit_on, h.census_date, h.registered_on) < current_date - interval '6 months') AS unvisited,
    (SELECT count(DISTINCT e.household_id) FROM ekasih.member_death AS e
     JOIN ekasih.household AS lost ON lost.id = e.household_id AND lost.exited_on IS NULL
     WHERE e.noted_at > now() - interval '12 months'
         AND (CAST(:district AS text) IS NULL OR lost.district_code = CAST(:district AS text))) AS died,
    (SELECT count(DISTINCT d.household_id) FROM ekasih.status_decision AS d
     JOIN ekasih.household AS gone ON gone.id = d.household_id AND gone.exited_on IS NULL
     WHERE d.cause = 'moved' AND d.effective_on > current_date - interval '12 months'
         AND coalesce(gone.last_visit_on, gone.census_date, gone.registered_on) < d.effective_on
         AND (CAST(:district AS text) IS NULL OR gone.district_code = CAST(:district AS text))) AS moved,
    count(*) FILTER (WHERE h.exited_on IS NOT NULL) AS exited,
    count(*) FILTER (WHERE h.exit_reason = 'income_rose') AS income_rose,
    count(*) FILTER (WHERE h.exit_reason = 'died') AS died_out,
    count(*) FILTER (WHERE h.exit_reason = 'focus_group') AS focus_group,
    count(*) FILTER (WHERE h.exit_reason = 'welfare_aid') AS welfare_aid,
    count(*) FILTER (WHERE h.exit_reason = 'remarried') AS remarried,
    count(*) FILTER (WHERE h.exit_reason = 'other') AS other,
    (SELECT count(DISTINCT f.household_id) FROM ekasih.quality_flag AS f
     JOIN ekasih.household AS odd ON odd.id = f.household_id
     WHERE f.resolved_at IS NULL AND (odd.exited_on IS NULL OR f.code = 'seen_after_exit')
         AND (CAST(:district AS text) IS NULL OR f.district_code = CAST(:district AS text))) AS quality
FROM ekasih.household AS h
WHERE CAST(:district AS text) IS NULL OR h.district_code = CAST(:district AS text)
