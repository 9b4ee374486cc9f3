-- Row-level security: persons and what hangs on them only for those who may see them, within their territory.
-- The sub-selects are evaluated once a statement, not once a row. The owner acts for the system (imports, counts).

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['household', 'person', 'income', 'aid_received', 'status_decision', 'area_history',
                                'quality_flag', 'held_household', 'delivery', 'delivery_row', 'audit_log',
                                'idempotency_key', 'app_user', 'role_permission', 'headcount', 'headcount_month',
                                'target']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('DROP POLICY IF EXISTS system ON %I', name);
        EXECUTE format('CREATE POLICY system ON %I TO app_owner USING (true) WITH CHECK (true)', name);
    END LOOP;
    -- tables that carry their district
    FOREACH name IN ARRAY ARRAY['household', 'person', 'quality_flag', 'held_household']
    LOOP
        EXECUTE format('DROP POLICY IF EXISTS read_own_area ON %I', name);
        EXECUTE format($policy$
            CREATE POLICY read_own_area ON %I FOR SELECT TO app_web
            USING ((SELECT sees_persons())
                   AND ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[])))
        $policy$, name);
        EXECUTE format('DROP POLICY IF EXISTS edit_own_area ON %I', name);
        EXECUTE format($policy$
            CREATE POLICY edit_own_area ON %I FOR ALL TO app_web
            USING ((SELECT edits_households())
                   AND ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[])))
            WITH CHECK ((SELECT edits_households())
                   AND ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[])))
        $policy$, name);
    END LOOP;
    -- tables that hang on a household: whoever sees the household sees them, whoever edits it adds to them
    FOREACH name IN ARRAY ARRAY['aid_received', 'status_decision', 'area_history']
    LOOP
        EXECUTE format('DROP POLICY IF EXISTS read_with_household ON %I', name);
        EXECUTE format($policy$
            CREATE POLICY read_with_household ON %1$I FOR SELECT TO app_web
            USING (EXISTS (SELECT FROM household AS h WHERE h.id = %1$I.household_id))
        $policy$, name);
        EXECUTE format('DROP POLICY IF EXISTS edit_with_household ON %I', name);
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

DROP POLICY IF EXISTS read_with_person ON income;
CREATE POLICY read_with_person ON income FOR SELECT TO app_web
USING (EXISTS (SELECT FROM person AS p WHERE p.id = income.person_id));
DROP POLICY IF EXISTS edit_with_person ON income;
CREATE POLICY edit_with_person ON income FOR ALL TO app_web
USING ((SELECT edits_households()) AND EXISTS (SELECT FROM person AS p WHERE p.id = income.person_id))
WITH CHECK ((SELECT edits_households()) AND EXISTS (SELECT FROM person AS p WHERE p.id = income.person_id));

-- rejected rows hold persons of districts that may be unknown: nationwide administrators, or the district's own staff
DROP POLICY IF EXISTS read_own_area ON delivery_row;
CREATE POLICY read_own_area ON delivery_row FOR SELECT TO app_web
USING ((SELECT sees_persons())
       AND ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[])));
DROP POLICY IF EXISTS read_reports ON delivery;
CREATE POLICY read_reports ON delivery FOR SELECT TO app_web USING ((SELECT administers()));

DROP POLICY IF EXISTS read_own_area ON audit_log;
CREATE POLICY read_own_area ON audit_log FOR SELECT TO app_web
USING ((SELECT sees_persons())
       AND ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[])));
DROP POLICY IF EXISTS add_own ON audit_log;
CREATE POLICY add_own ON audit_log FOR INSERT TO app_web WITH CHECK (actor_id = (SELECT acting_user()));

DROP POLICY IF EXISTS own ON idempotency_key;
CREATE POLICY own ON idempotency_key TO app_web
USING (user_id = (SELECT acting_user())) WITH CHECK (user_id = (SELECT acting_user()));

DROP POLICY IF EXISTS read_signed_in ON role_permission;
CREATE POLICY read_signed_in ON role_permission FOR SELECT TO app_web USING ((SELECT signed_in()));
DROP POLICY IF EXISTS administer ON role_permission;
CREATE POLICY administer ON role_permission TO app_web
USING ((SELECT administers()) AND NOT (role = 'administrator' AND permission = 'administer'))
WITH CHECK ((SELECT administers()));

-- aggregates: everyone who is signed in; the households behind them stay behind the policies above
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['headcount', 'headcount_month', 'target']
    LOOP
        EXECUTE format('DROP POLICY IF EXISTS read_signed_in ON %I', name);
        EXECUTE format('CREATE POLICY read_signed_in ON %I FOR SELECT TO app_web USING ((SELECT signed_in()))', name);
    END LOOP;
END
$$;

GRANT USAGE ON SCHEMA ekasih TO app_web;
GRANT SELECT ON area, area_alias, boundary_set, area_boundary, area_piece, geocode_place, postcode_state, area_statistic,
    poverty_line, classification_rule, indicator, target, setting, headcount, headcount_month TO app_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON household, person, income, aid_received, quality_flag, held_household TO app_web;
GRANT SELECT, INSERT, DELETE ON role_permission TO app_web;
GRANT SELECT, INSERT ON status_decision, area_history, audit_log, idempotency_key TO app_web;
GRANT SELECT ON delivery, delivery_row TO app_web;
REVOKE ALL ON FUNCTION act_as(bigint), sign_in_lookup(text), principal_of(bigint), demo_logins(), register_state()
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION act_as(bigint), sign_in_lookup(text), principal_of(bigint), demo_logins(), register_state()
    TO app_web;
