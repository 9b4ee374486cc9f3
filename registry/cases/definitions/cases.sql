-- Cases: their states, the steps that lead from one to the next, and who sees them. steps.sql judges each step.

INSERT INTO case_state (code, position, name_ms, name_en, is_open) VALUES
    ('draft', 1, 'draf', 'draft', true),
    ('received', 2, 'diterima', 'received', true),
    ('assigned', 3, 'diagihkan', 'assigned', true),
    ('visited', 4, 'disiasat', 'visited', true),
    ('recommended', 5, 'disyorkan', 'recommended', true),
    ('returned', 6, 'dikembalikan', 'returned', true),
    ('active', 7, 'aktif', 'active', false),
    ('due', 8, 'perlu semakan', 'due for review', true),
    ('rejected', 9, 'ditolak', 'rejected', false),
    ('exited', 10, 'digugurkan', 'exited', false),
    ('withdrawn', 11, 'ditarik balik', 'withdrawn', false)
ON CONFLICT (code) DO NOTHING;

DELETE FROM case_transition;
INSERT INTO case_transition
    (action, from_state, to_state, permission, needs_reason, needs_meeting, only_assigned, not_by)
VALUES
    ('submit', 'draft', 'received', 'register', false, false, false, '{}'),
    ('withdraw', 'draft', 'withdrawn', 'register', false, false, false, '{}'),
    ('withdraw', 'received', 'withdrawn', 'register', true, false, false, '{}'),
    ('assign', 'received', 'assigned', 'assign', false, false, false, '{}'),
    ('assign', 'returned', 'assigned', 'assign', false, false, false, '{}'),
    ('assign', 'due', 'assigned', 'assign', false, false, false, '{}'),
    ('reassign', 'assigned', 'assigned', 'assign', true, false, false, '{}'),
    ('visit', 'assigned', 'visited', 'visit', false, false, true, '{}'),
    ('recommend', 'visited', 'recommended', 'visit', true, false, true, '{}'),
    ('send_back', 'visited', 'assigned', 'assign', true, false, false, '{}'),
    ('send_back', 'recommended', 'assigned', 'assign', true, false, false, '{}'),
    ('approve', 'recommended', 'active', 'decide', false, true, false, '{submit,visit,recommend}'),
    ('reject', 'recommended', 'rejected', 'decide', true, true, false, '{submit,visit,recommend}'),
    ('return', 'recommended', 'returned', 'decide', true, true, false, '{submit,visit,recommend}'),
    ('exit', 'recommended', 'exited', 'decide', true, true, false, '{submit,visit,recommend}'),
    ('fall_due', 'active', 'due', 'assign', false, false, false, '{}'),
    -- the household leaves the counts, or comes back
    ('exit', 'active', 'exited', 'cleanse', true, false, false, '{}'),
    ('exit', 'due', 'exited', 'cleanse', true, false, false, '{}'),
    ('reinstate', 'exited', 'active', 'cleanse', true, false, false, '{}'),
    -- what an import held back: another family after all, the registered one, or neither
    ('accept_new', 'received', 'active', 'cleanse', true, false, false, '{}'),
    ('same', 'received', 'active', 'cleanse', true, false, false, '{}'),
    ('refuse', 'received', 'rejected', 'cleanse', true, false, false, '{}'),
    -- a later delivery put it right: only the system takes this step
    ('settle', 'received', 'active', 'system', false, false, false, '{}'),
    ('settle', 'assigned', 'active', 'system', false, false, false, '{}'),
    ('settle', 'visited', 'active', 'system', false, false, false, '{}'),
    ('settle', 'recommended', 'active', 'system', false, false, false, '{}'),
    ('settle', 'returned', 'active', 'system', false, false, false, '{}');

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['case_state', 'case_transition']
    LOOP
        EXECUTE format('CREATE POLICY read_signed_in ON %I FOR SELECT TO app_web USING ((SELECT signed_in()))', name);
    END LOOP;
END
$$;
CREATE POLICY administer ON case_state FOR UPDATE TO app_web
USING ((SELECT administers())) WITH CHECK ((SELECT administers()));

CREATE POLICY read_own_area ON case_file FOR SELECT TO app_web
USING ((SELECT sees_persons())
       AND ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[])));
CREATE POLICY open_own_area ON case_file FOR INSERT TO app_web
WITH CHECK ((SELECT may('register')) AND created_by = (SELECT acting_user()) AND state = 'draft'
       AND ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[])));
CREATE POLICY edit_own_area ON case_file FOR UPDATE TO app_web
USING (((SELECT may('register')) OR (SELECT may('visit')) OR (SELECT may('decide')))
       AND ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[])))
WITH CHECK ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[]));

CREATE POLICY read_with_case ON case_step FOR SELECT TO app_web
USING (EXISTS (SELECT FROM case_file AS c WHERE c.id = case_step.case_id));
CREATE POLICY take ON case_step FOR INSERT TO app_web
WITH CHECK (actor_id = (SELECT acting_user())
            AND EXISTS (SELECT FROM case_file AS c WHERE c.id = case_step.case_id));

-- meetings name their members, so they are for those who see persons and for the own area or the state above it
CREATE POLICY read_own_area ON meeting FOR SELECT TO app_web
USING ((SELECT sees_persons())
       AND ((SELECT nationwide()) OR area_code = ANY ((SELECT acting_districts())::text[])
            OR area_code IN (SELECT left(district, 2) FROM unnest((SELECT acting_districts())::text[]) AS own (district))));
GRANT SELECT ON case_state, case_transition, case_file, case_step, meeting TO app_web;
GRANT UPDATE (name_ms, name_en, position) ON case_state TO app_web;
GRANT INSERT (channel, district_code, mukim_code, household_id, held_id, head_name, reporter_name, reporter_phone,
    reporter_relation, draft, due_on, created_by) ON case_file TO app_web;
GRANT UPDATE (district_code, mukim_code, household_id, head_name, reporter_name, reporter_phone, reporter_relation, draft,
    due_on, updated_at, version) ON case_file TO app_web;
GRANT INSERT (case_id, action, reason, assigned_to, meeting_id, detail) ON case_step TO app_web;
GRANT INSERT (area_code, number, held_on, place, members, state, created_by), UPDATE (number, held_on, place, members,
    state, version) ON meeting TO app_web;
