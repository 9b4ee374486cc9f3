-- Locked figures: the list of a day, frozen, and where each household of it went.

-- Freezes the households of an area that had one of the statuses on a day and had not exited by then; the area must lie
-- in the territory of who freezes. Answers the new cohort.
CREATE OR REPLACE FUNCTION freeze_cohort(asked_name text, asked_area text, asked_statuses text[], on_day date)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    made bigint;
    districts text[] := ARRAY(SELECT a.code FROM area AS a
                              WHERE a.level = 'district' AND asked_area IN ('MY', a.code, a.state_code));
BEGIN
    PERFORM judge_merge(districts);
    INSERT INTO cohort (name, area_code, statuses, frozen_on, households, created_by)
    VALUES (asked_name, asked_area, asked_statuses, on_day, 0, acting_login())
    RETURNING id INTO made;
    INSERT INTO cohort_member (cohort_id, household_id, district_code, mukim_code, status, per_capita_rm)
    SELECT made, d.household_id, d.district_code, d.mukim_code, d.status, d.per_capita_rm
    FROM (SELECT DISTINCT ON (s.household_id) s.*
          FROM status_decision AS s
          WHERE s.effective_on <= on_day
          ORDER BY s.household_id, s.effective_on DESC, s.id DESC) AS d
    WHERE d.district_code = ANY (districts) AND d.status = ANY (asked_statuses)
        AND NOT EXISTS (SELECT FROM household_exit AS e
                        WHERE e.household_id = d.household_id AND time_out(e.exited_on, e.undone_on) @> on_day);
    UPDATE cohort SET households = (SELECT count(*) FROM cohort_member WHERE cohort_id = made) WHERE id = made;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, district_code, after)
    VALUES (acting_user(), acting_login(), 'freeze_cohort', 'cohort', made,
            CASE WHEN cardinality(districts) = 1 THEN districts[1] END,
            jsonb_build_object('name', asked_name, 'area', asked_area, 'statuses', asked_statuses, 'on', on_day));
    RETURN made;
END
$$;

-- Where the households of a cohort stood at the end of each month since it was frozen, and on the day asked; of the
-- territory of who asks. Counts only.
CREATE OR REPLACE FUNCTION cohort_flow(asked_cohort bigint, up_to date)
RETURNS TABLE (on_day date, fate text, reason text, by_line boolean, households bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT days.on_day, f.fate, f.reason, f.by_line, count(*)
    FROM (SELECT c.frozen_on AS on_day FROM cohort AS c WHERE c.id = asked_cohort
          UNION
          SELECT (month + interval '1 month - 1 day')::date
          FROM cohort AS c, generate_series(greatest(date_trunc('month', c.frozen_on),
              date_trunc('month', up_to) - interval '36 months'), date_trunc('month', up_to) - interval '1 month',
              interval '1 month') AS month
          WHERE c.id = asked_cohort AND (month + interval '1 month - 1 day')::date > c.frozen_on
          UNION
          SELECT up_to) AS days
    CROSS JOIN LATERAL cohort_fates(asked_cohort, days.on_day) AS f
    WHERE may('cleanse') AND in_territory(f.district_code)
    GROUP BY days.on_day, f.fate, f.reason, f.by_line
    ORDER BY days.on_day, f.fate, f.reason, f.by_line
$$;

REVOKE ALL ON FUNCTION freeze_cohort(text, text, text[], date), cohort_flow(bigint, date), cohort_fates(bigint, date)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION freeze_cohort(text, text, text[], date), cohort_flow(bigint, date) TO app_web;
