-- Who may read which figures. Exact counts are for those who see the persons of an area; everybody else reads what was
-- published, in which small counts and all that would give them away are missing. No page can go around it: the exact
-- tables hold no rows for them.

-- The one formula that an indicator has had; none where it changed, since it is not known of which a figure is.
CREATE OR REPLACE FUNCTION lasting_formula(asked_indicator text) RETURNS text
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT CASE WHEN count(DISTINCT v.definition ->> 'formula') = 1 THEN min(v.definition ->> 'formula') END
    FROM indicator_version AS v WHERE v.indicator_code = asked_indicator
$$;

-- Whether the value of an indicator of an area in a closed month is shown to those who see no persons.
CREATE OR REPLACE FUNCTION is_value_shown(asked_area text, asked_indicator text, asked_month date) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT CASE
        WHEN i.formula IN ('tegar', 'poor', 'poor / census_households', 'gap_rm') THEN
            EXISTS (SELECT FROM published_count AS c WHERE c.area_code = 'MY' AND c.month = asked_month AND c.cut = 'all')
            AND NOT EXISTS (
                SELECT FROM published_count AS c
                WHERE c.area_code = asked_area AND c.month = asked_month AND c.cut = 'all'
                    AND CASE i.formula WHEN 'gap_rm' THEN c.gap_rm ELSE c.tegar END IS NULL)
        ELSE EXISTS (
            SELECT FROM published_value AS v
            WHERE v.area_code = asked_area AND v.indicator_code = asked_indicator AND v.month = asked_month
                AND v.value IS NOT NULL AND i.formula IS NOT NULL)
        END
    FROM (SELECT lasting_formula(asked_indicator) AS formula) AS i
$$;

-- Whether the shortfalls of an area's neighbours, which targets tell more finely than they are published, would tell that of
-- fewer than ten households: all together have what the area above has.
CREATE OR REPLACE FUNCTION gap_would_follow(asked_area text, asked_month date) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM area AS own
        JOIN published_count AS whole ON whole.area_code = own.parent_code AND whole.month = asked_month
            AND whole.cut = 'all' AND whole.gap_rm IS NOT NULL
        JOIN area AS beside ON beside.parent_code = own.parent_code AND beside.level = own.level
        JOIN published_count AS part ON part.area_code = beside.code AND part.month = asked_month AND part.cut = 'all'
        WHERE own.code = asked_area
        GROUP BY whole.tegar, whole.miskin
        HAVING bool_or(part.gap_rm IS NULL)
            AND whole.tegar + whole.miskin
                - coalesce(sum(part.tegar + part.miskin) FILTER (WHERE part.gap_rm IS NOT NULL), 0) BETWEEN 1 AND 9)
$$;

-- Whether a target with its baseline may be shown to those who see no persons: the baseline is a value of a past month, so it
-- may where that month's is shown; of what is published rounded, where it is no finer than that. By need, the shortfall
-- stands in the target as well; of what is not a count, targets shared out begin at what each area's is exactly.
CREATE OR REPLACE FUNCTION may_show_goal(
    asked_area text, asked_indicator text, baseline_on date, baseline numeric, shared_how text DEFAULT NULL
) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT CASE
        WHEN i.formula IN ('tegar', 'poor', 'poor / census_households') THEN
            is_value_shown(asked_area, asked_indicator, i.month)
            AND (shared_how IS DISTINCT FROM 'keperluan'
                 OR NOT gap_would_follow(asked_area, i.month) AND NOT EXISTS (
                     SELECT FROM published_count AS c
                     WHERE c.area_code = asked_area AND c.month = i.month AND c.cut = 'all' AND c.gap_rm IS NULL))
        WHEN i.formula = 'gap_rm' THEN
            is_value_shown(asked_area, asked_indicator, i.month) AND NOT gap_would_follow(asked_area, i.month)
        WHEN shared_how IS NOT NULL THEN false
        WHEN i.formula IN ('with_point / households', 'review_overdue / households', 'quality_open / households') THEN
            EXISTS (
                SELECT FROM published_share AS s
                WHERE s.area_code = asked_area AND s.indicator_code = asked_indicator
                    AND scale(trim_scale(baseline)) <= scale(s.share))
        ELSE EXISTS (
            SELECT FROM published_value AS v
            WHERE v.area_code = asked_area AND v.indicator_code = asked_indicator AND v.month = i.month
                AND i.formula IS NOT NULL
                AND (baseline = v.value
                     OR scale(trim_scale(baseline)) <= least(scale(v.value), 3) AND (scale(v.value) > 0 OR mod(baseline, 5) = 0)))
        END
    FROM (SELECT lasting_formula(asked_indicator) AS formula, date_trunc('month', baseline_on)::date AS month) AS i
$$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['aid_area', 'headcount', 'headcount_month', 'household_cut']
    LOOP
        EXECUTE format($policy$
            CREATE POLICY read_own_area ON %I FOR SELECT TO app_web
            USING ((SELECT sees_persons())
                   AND ((SELECT nationwide()) OR left(area_code, 4) = ANY ((SELECT acting_districts())::text[])))
        $policy$, name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['publication', 'published_aid', 'published_count', 'published_fault', 'published_project',
                                'published_share', 'published_value', 'published_cross', 'published_cross_state']
    LOOP
        EXECUTE format('CREATE POLICY read_signed_in ON %I FOR SELECT TO app_web USING ((SELECT signed_in()))', name);
    END LOOP;
END
$$;

CREATE POLICY read_own_area ON target FOR SELECT TO app_web
USING ((SELECT signed_in())
       AND (((SELECT sees_persons())
             AND ((SELECT nationwide()) OR left(area_code, 4) = ANY ((SELECT acting_districts())::text[])
                  OR length(area_code) = 2 AND covers_state(area_code)))
            OR may_show_goal(area_code, indicator_code, baseline_on, baseline, how)));

REVOKE ALL ON FUNCTION lasting_formula(text), is_value_shown(text, text, date), gap_would_follow(text, date),
    may_show_goal(text, text, date, numeric, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lasting_formula(text), is_value_shown(text, text, date), gap_would_follow(text, date),
    may_show_goal(text, text, date, numeric, text) TO app_web;
GRANT SELECT ON publication, aid_area, published_aid, published_count, published_fault, published_project, published_share,
    published_value, household_cut, published_cross, published_cross_state TO app_web;
