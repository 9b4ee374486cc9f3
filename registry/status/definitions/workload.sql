-- How much there is to do in an area, of the summaries, for those who see its persons; others read what was published.

CREATE OR REPLACE FUNCTION workload(asked_area text)
RETURNS TABLE (households bigint, located bigint, review_overdue bigint, quality_open bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT
        (SELECT coalesce(sum(c.households), 0)::bigint FROM headcount AS c WHERE c.area_code = ANY (within.districts)),
        (SELECT coalesce(sum(c.households - c.without_point), 0)::bigint FROM headcount AS c
         WHERE c.area_code = ANY (within.districts)),
        (SELECT coalesce(sum(w.households), 0)::bigint FROM worklist_count AS w
         WHERE w.list = 'due' AND w.district_code = ANY (within.districts)
             AND (w.period = 'month' AND w.begins < date_trunc('month', current_date)
                  OR w.period = 'day' AND w.begins >= date_trunc('month', current_date) AND w.begins < current_date)),
        (SELECT coalesce(sum(w.households), 0)::bigint FROM worklist_count AS w
         WHERE w.list = 'quality' AND w.district_code = ANY (within.districts))
    FROM (SELECT array_agg(a.code) AS districts FROM area AS a
          WHERE a.level = 'district' AND asked_area IN ('MY', a.code, a.state_code)) AS within
    WHERE sees_persons() AND (nationwide() OR in_territory(left(asked_area, 4)))
    UNION ALL
    SELECT count(*), count(*) FILTER (WHERE h.geom_method IN ('given', 'swapped', 'manual')),
        count(*) FILTER (WHERE h.next_review_on < current_date),
        count(*) FILTER (WHERE EXISTS (SELECT FROM worklist_entry AS e WHERE e.household_id = h.id AND e.list = 'quality'))
    FROM household AS h
    WHERE sees_persons() AND h.exited_on IS NULL AND h.catchment_codes @> ARRAY[asked_area]
        AND asked_area = ANY (acting_catchments())
    HAVING asked_area = ANY (acting_catchments())
$$;
REVOKE ALL ON FUNCTION workload(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION workload(text) TO app_web;
