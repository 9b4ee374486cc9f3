-- Row-level security: persons and what hangs on them only for those who may see them, within their territory.
-- The sub-selects are evaluated once a statement, not once a row. The owner acts for the system (imports, counts).

DO $$
DECLARE
    name text;
BEGIN
    -- tables that carry their district
    FOREACH name IN ARRAY ARRAY['household', 'person', 'quality_flag', 'held_household']
    LOOP
        EXECUTE format($policy$
            CREATE POLICY read_own_area ON %I FOR SELECT TO app_web
            USING ((SELECT sees_persons())
                   AND ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[])))
        $policy$, name);
        EXECUTE format($policy$
            CREATE POLICY edit_own_area ON %I FOR ALL TO app_web
            USING ((SELECT edits_households())
                   AND ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[])))
            WITH CHECK ((SELECT edits_households())
                   AND ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[])))
        $policy$, name);
    END LOOP;
    -- tables that hang on a household: whoever sees the household sees them, whoever edits it adds to them
    FOREACH name IN ARRAY ARRAY['aid_received', 'status_decision', 'area_history', 'member_death']
    LOOP
        EXECUTE format($policy$
            CREATE POLICY read_with_household ON %1$I FOR SELECT TO app_web
            USING (EXISTS (SELECT FROM household AS h WHERE h.id = %1$I.household_id))
        $policy$, name);
        EXECUTE format($policy$
            CREATE POLICY edit_with_household ON %1$I FOR ALL TO app_web
            USING ((SELECT edits_households())
                   AND EXISTS (SELECT FROM household AS h WHERE h.id = %1$I.household_id))
            WITH CHECK ((SELECT edits_households())
                   AND EXISTS (SELECT FROM household AS h WHERE h.id = %1$I.household_id))
        $policy$, name);
    END LOOP;
END
$$;

CREATE POLICY read_with_person ON income FOR SELECT TO app_web
USING (EXISTS (SELECT FROM person AS p WHERE p.id = income.person_id));
CREATE POLICY edit_with_person ON income FOR ALL TO app_web
USING ((SELECT edits_households()) AND EXISTS (SELECT FROM person AS p WHERE p.id = income.person_id))
WITH CHECK ((SELECT edits_households()) AND EXISTS (SELECT FROM person AS p WHERE p.id = income.person_id));

-- rejected rows hold persons of districts that may be unknown: nationwide administrators, or the district's own staff
CREATE POLICY read_own_area ON delivery_row FOR SELECT TO app_web
USING ((SELECT sees_persons())
       AND ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[])));
CREATE POLICY read_reports ON delivery FOR SELECT TO app_web USING ((SELECT administers()));

CREATE POLICY read_own_area ON audit_log FOR SELECT TO app_web
USING ((SELECT sees_persons())
       AND ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[])));
CREATE POLICY add_own ON audit_log FOR INSERT TO app_web WITH CHECK (actor_id = (SELECT acting_user()));

CREATE POLICY own ON idempotency_key TO app_web
USING (user_id = (SELECT acting_user())) WITH CHECK (user_id = (SELECT acting_user()));

CREATE POLICY read_signed_in ON role_permission FOR SELECT TO app_web USING ((SELECT signed_in()));
CREATE POLICY administer ON role_permission TO app_web
USING ((SELECT administers()) AND NOT (role = 'administrator' AND permission = 'administer'))
WITH CHECK ((SELECT administers()));

GRANT USAGE ON SCHEMA ekasih TO app_web;
GRANT SELECT ON area, area_alias, boundary_set, area_boundary, area_piece, geocode_place, postcode_state, area_statistic,
    poverty_line, classification_rule, indicator, target, setting, headcount, headcount_month TO app_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON household, person, income, aid_received, quality_flag, held_household TO app_web;
GRANT SELECT, INSERT, DELETE ON role_permission TO app_web;
GRANT SELECT, INSERT ON status_decision, area_history, member_death, audit_log, idempotency_key TO app_web;
GRANT SELECT ON delivery, delivery_row TO app_web;
REVOKE ALL ON FUNCTION act_as(bigint), sign_in_lookup(text), principal_of(bigint), demo_logins(), register_state()
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION act_as(bigint), sign_in_lookup(text), principal_of(bigint), demo_logins(), register_state()
    TO app_web;
