-- Cases: what moves them, who may, and what is refused. A step is the only way from one state to the next.

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
    ('fall_due', 'active', 'due', 'assign', false, false, false, '{}');

-- Judges a step before it is kept, and moves its case. SQLSTATE says which rule was broken: EK001 no such step from this
-- state, EK002 not this person's to take, EK003 a reason is missing, EK004 maker and checker are one person, EK005 a
-- meeting or an officer is missing.
CREATE OR REPLACE FUNCTION take_case_step() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    moved case_file;
    allowed case_transition;
BEGIN
    SELECT * INTO moved FROM case_file WHERE id = NEW.case_id FOR UPDATE;
    SELECT * INTO allowed FROM case_transition WHERE action = NEW.action AND from_state = moved.state;
    IF allowed IS NULL THEN
        RAISE EXCEPTION 'case_step_illegal' USING ERRCODE = 'EK001', DETAIL = coalesce(moved.state, '');
    END IF;
    IF acting_user() IS NOT NULL THEN
        IF NOT may(allowed.permission) OR NOT in_territory(moved.district_code)
           OR (allowed.only_assigned AND moved.assigned_to IS DISTINCT FROM acting_user()) THEN
            RAISE EXCEPTION 'case_step_not_permitted' USING ERRCODE = 'EK002', DETAIL = moved.state;
        END IF;
        IF EXISTS (SELECT FROM case_step AS s WHERE s.case_id = NEW.case_id AND s.action = ANY (allowed.not_by)
                   AND s.actor_id = acting_user()) THEN
            RAISE EXCEPTION 'case_step_same_person' USING ERRCODE = 'EK004', DETAIL = moved.state;
        END IF;
    END IF;
    IF allowed.needs_reason AND coalesce(btrim(NEW.reason), '') = '' THEN
        RAISE EXCEPTION 'case_step_needs_reason' USING ERRCODE = 'EK003', DETAIL = moved.state;
    END IF;
    IF (allowed.needs_meeting AND NOT EXISTS (
            SELECT FROM meeting AS m WHERE m.id = NEW.meeting_id AND m.held_on <= current_date AND m.state <> 'closed'
                AND m.area_code IN (moved.district_code, left(moved.district_code, 2), 'MY')))
       OR (allowed.to_state = 'assigned' AND coalesce(NEW.assigned_to, moved.assigned_to) IS NULL) THEN
        RAISE EXCEPTION 'case_step_incomplete' USING ERRCODE = 'EK005', DETAIL = moved.state;
    END IF;
    PERFORM write_by(allowed.permission);
    NEW.from_state := moved.state;
    NEW.to_state := allowed.to_state;
    NEW.at := clock_timestamp();
    NEW.actor_id := acting_user();
    NEW.actor := acting_login();
    UPDATE case_file
    SET state = allowed.to_state, version = version + 1, updated_at = now(),
        assigned_to = coalesce(NEW.assigned_to, assigned_to)
    WHERE id = NEW.case_id;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER case_step_taken BEFORE INSERT ON case_step FOR EACH ROW EXECUTE FUNCTION take_case_step();

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
