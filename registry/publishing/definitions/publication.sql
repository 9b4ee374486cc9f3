-- Who may read which figures. Exact counts are for those who see the persons of an area; everybody else reads what was
-- published, in which small counts and all that would give them away are missing. No page can go around it: the exact
-- tables hold no rows for them.

-- Whether a target with its baseline may be shown to those who see no persons: the baseline is a count of a past month,
-- so it may where that month's count may. By need, the shortfall stands in the target as well.
-- Shares have none, but those that are the same for all begin at what each area's is exactly.
CREATE OR REPLACE FUNCTION may_show_goal(
    asked_area text, asked_indicator text, baseline_on date, shared_how text DEFAULT NULL
) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT CASE
        WHEN asked_indicator IN ('tegar', 'miskin', 'rate', 'gap') THEN
            EXISTS (
                SELECT FROM published_count AS c
                WHERE c.area_code = 'MY' AND c.month = date_trunc('month', baseline_on)::date AND c.cut = 'all')
            AND NOT EXISTS (
                SELECT FROM published_count AS c
                WHERE c.area_code = asked_area AND c.month = date_trunc('month', baseline_on)::date AND c.cut = 'all'
                    AND (CASE asked_indicator WHEN 'gap' THEN c.gap_rm ELSE c.tegar END IS NULL
                         OR shared_how = 'keperluan' AND c.gap_rm IS NULL))
        WHEN shared_how IS NOT NULL THEN false
        ELSE EXISTS (
            SELECT FROM published_share AS s
            WHERE s.area_code = asked_area AND s.indicator_code = asked_indicator AND s.share IS NOT NULL)
        END
$$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['aid_area', 'headcount', 'headcount_month']
    LOOP
        EXECUTE format($policy$
            CREATE POLICY read_own_area ON %I FOR SELECT TO app_web
            USING ((SELECT sees_persons())
                   AND ((SELECT nationwide()) OR left(area_code, 4) = ANY ((SELECT acting_districts())::text[])))
        $policy$, name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['publication', 'published_aid', 'published_count', 'published_fault', 'published_project',
                                'published_share']
    LOOP
        EXECUTE format('CREATE POLICY read_signed_in ON %I FOR SELECT TO app_web USING ((SELECT signed_in()))', name);
    END LOOP;
END
$$;

CREATE POLICY read_own_area ON target FOR SELECT TO app_web
USING ((SELECT signed_in())
       AND (((SELECT sees_persons())
             AND ((SELECT nationwide()) OR left(area_code, 4) = ANY ((SELECT acting_districts())::text[])))
            OR may_show_goal(area_code, indicator_code, baseline_on, how)));

REVOKE ALL ON FUNCTION may_show_goal(text, text, date, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION may_show_goal(text, text, date, text) TO app_web;
GRANT SELECT ON publication, aid_area, published_aid, published_count, published_fault, published_project, published_share TO app_web;
