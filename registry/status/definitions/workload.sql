-- How much there is to do in an area, counted now, for those who see its persons; others read what was published.

CREATE OR REPLACE FUNCTION workload(asked_area text)
RETURNS TABLE (households bigint, located bigint, review_overdue bigint, quality_open bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT
        (SELECT coalesce(sum(c.households), 0)::bigint FROM headcount AS c WHERE c.area_code = ANY (within.districts)),
        (SELECT coalesce(sum(c.households - c.without_point), 0)::bigint FROM headcount AS c
         WHERE c.area_code = ANY (within.districts)),
        (SELECT count(*) FROM household AS h
         WHERE h.district_code = ANY (within.districts) AND h.next_review_on < current_date
             AND h.exited_on IS NULL),
        (SELECT count(DISTINCT f.household_id) FROM quality_flag AS f
         JOIN household AS h ON h.id = f.household_id AND (h.exited_on IS NULL OR f.code = 'seen_after_exit')
         WHERE f.district_code = ANY (within.districts) AND f.resolved_at IS NULL)
    FROM (SELECT array_agg(a.code) AS districts FROM area AS a
          WHERE a.level = 'district' AND asked_area IN ('MY', a.code, a.state_code)) AS within
    WHERE sees_persons() AND (nationwide() OR in_territory(left(asked_area, 4)))
$$;
REVOKE ALL ON FUNCTION workload(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION workload(text) TO app_web;
