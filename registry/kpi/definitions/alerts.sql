-- Alerts: who reads them, who marks them, who changes the rules. An alert says something of figures, so it is read by who
-- may read those figures, exact or as published; it holds none itself.

-- Whether an alert that was judged on published figures may still be told: all months that it compared are shown, and so is
-- the target.
CREATE OR REPLACE FUNCTION alert_is_published(of_condition text, of_indicator text, of_area text, since date, until date)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    -- as the owner: to who may not see a target it would seem that there is none
    SELECT NOT EXISTS (
            SELECT FROM generate_series(coalesce(since, until)::timestamp, until::timestamp, interval '1 month') AS m (day)
            WHERE NOT is_value_shown(of_area, of_indicator, m.day::date))
        AND (of_condition = 'lonjakan' OR NOT EXISTS (
            SELECT FROM target AS t
            WHERE t.indicator_code = of_indicator AND t.area_code = of_area
                AND NOT may_show_goal(of_area, of_indicator, t.baseline_on, t.baseline, t.how)))
$$;

-- Whether who is acting may read an alert: of areas whose persons one sees the exact ones, of others those on published
-- figures. That one is there, or ended, says something of the months judged.
CREATE OR REPLACE FUNCTION alert_is_readable(found alert) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT signed_in() AND CASE
        WHEN found.condition = 'tidak_setara' THEN administers() AND sees_persons()
        WHEN found.indicator_code IS NULL THEN true
        WHEN sees_persons() AND (nationwide() OR left(found.area_code, 4) = ANY (acting_districts())) THEN NOT found.published
        ELSE found.published
            AND alert_is_published(found.condition, found.indicator_code, found.area_code, found.compared_on, found.period)
        END
$$;

-- Whether an alert is for who is acting: a rule names kinds of people, and an area has its own of each.
CREATE OR REPLACE FUNCTION alert_is_for(to_whom text[], area text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT CASE current_setting('app.role', true)
        WHEN 'administrator' THEN 'administrator' = ANY (to_whom)
        WHEN 'national' THEN 'national' = ANY (to_whom) AND length(area) = 2
        WHEN 'planner' THEN 'national' = ANY (to_whom) AND length(area) = 2
        WHEN 'state_office' THEN 'state_office' = ANY (to_whom) AND length(area) IN (2, 4)
            AND EXISTS (SELECT FROM unnest(acting_districts()) AS d (code) WHERE starts_with(d.code, left(area, 2)))
        WHEN 'coordinator' THEN 'coordinator' = ANY (to_whom) AND left(area, 4) = ANY (acting_districts())
        ELSE false
        END
$$;

CREATE POLICY read_figures ON alert FOR SELECT TO app_web USING (alert_is_readable(alert));

CREATE POLICY read_signed_in ON alert_rule FOR SELECT TO app_web USING ((SELECT signed_in()));
CREATE POLICY change_administering ON alert_rule FOR UPDATE TO app_web
USING ((SELECT administers())) WITH CHECK ((SELECT administers()));

-- Who saw and took an alert is told to everybody who reads it.
CREATE POLICY read_with_alert ON alert_mark FOR SELECT TO app_web
USING (EXISTS (SELECT FROM alert AS a WHERE a.id = alert_id));
CREATE POLICY add_own ON alert_mark FOR INSERT TO app_web
WITH CHECK (user_id = (SELECT acting_user()) AND EXISTS (SELECT FROM alert AS a WHERE a.id = alert_id));
CREATE POLICY change_own ON alert_mark FOR UPDATE TO app_web
USING (user_id = (SELECT acting_user())) WITH CHECK (user_id = (SELECT acting_user()));

CREATE POLICY own ON alert_receiver TO app_web
USING (user_id = (SELECT acting_user())) WITH CHECK (user_id = (SELECT acting_user()));

-- What somebody did with an alert, for the own eyes: an entry that is written is read back.
CREATE POLICY read_own_alerts ON audit_log FOR SELECT TO app_web
USING (subject = 'alert' AND actor_id = (SELECT acting_user()));

-- Who took an alert, by name, for those who read it.
CREATE OR REPLACE FUNCTION alert_takers(asked bigint[]) RETURNS TABLE (alert_id bigint, display_name text, taken_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT m.alert_id, u.display_name, m.taken_at
    FROM alert_mark AS m
    JOIN alert AS a ON a.id = m.alert_id
    JOIN app_user AS u ON u.id = m.user_id
    WHERE m.alert_id = ANY (asked) AND m.taken_at IS NOT NULL AND alert_is_readable(a)
$$;

REVOKE ALL ON FUNCTION alert_is_published(text, text, text, date, date), alert_is_readable(alert),
    alert_is_for(text[], text), alert_takers(bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION alert_is_published(text, text, text, date, date), alert_is_readable(alert),
    alert_is_for(text[], text), alert_takers(bigint[]) TO app_web;
GRANT SELECT ON alert, alert_rule, alert_mark TO app_web;
GRANT UPDATE ON alert_rule TO app_web;
GRANT INSERT, UPDATE ON alert_mark TO app_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON alert_receiver TO app_web;
