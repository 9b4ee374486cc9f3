-- The case machine: a step is the only way from one state to the next. What is refused, in what order, and what follows
-- from a step stand here; each refusal has a SQLSTATE of its own, which registry/refusals.py puts into words.

CREATE OR REPLACE FUNCTION is_held_step(asked_action text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT asked_action IN ('accept_new', 'same', 'refuse', 'settle') $$;

-- Whether somebody looks into households of a district: a case there may be given to them.
CREATE OR REPLACE FUNCTION looks_into(asked_user bigint, asked_district text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM app_user AS u
        JOIN role_permission AS r ON r.role = u.role AND r.permission = 'visit'
        WHERE u.id = asked_user AND u.active
            AND (u.territory = '{}' OR asked_district = ANY (u.territory) OR left(asked_district, 2) = ANY (u.territory)))
$$;

-- Judges a step before it is kept, and moves its case.
CREATE OR REPLACE FUNCTION take_case_step() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    moved case_file;
    allowed case_transition;
    called meeting;
BEGIN
    -- cases are locked before their meeting everywhere, so that two who decide never wait for each other
    SELECT * INTO moved FROM case_file WHERE id = NEW.case_id FOR UPDATE;

    -- 1. there is such a step from this state, for a case that came in this way
    SELECT * INTO allowed FROM case_transition WHERE action = NEW.action AND from_state = moved.state;
    IF allowed IS NULL OR (is_held_step(NEW.action) AND moved.channel <> 'held') THEN
        RAISE EXCEPTION 'case_step_illegal' USING ERRCODE = 'EK001', DETAIL = coalesce(moved.state, '');
    END IF;

    -- 2. who acts may take it, and is not who made the case or looked into it
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

    -- 3. its reason is given
    IF allowed.needs_reason AND coalesce(btrim(NEW.reason), '') = '' THEN
        RAISE EXCEPTION 'reason_missing' USING ERRCODE = 'EK003', DETAIL = moved.state;
    END IF;

    -- 4. a decision belongs to a meeting for this district, whose day has come and whose minutes are open; the first one
    -- makes a planned meeting one that was held
    IF allowed.needs_meeting THEN
        UPDATE meeting AS m SET state = 'held'
        WHERE m.id = NEW.meeting_id AND m.state = 'planned' AND m.held_on <= current_date
            AND decides_for(m.area_code, moved.district_code);
        SELECT m.* INTO called FROM meeting AS m
        WHERE m.id = NEW.meeting_id AND decides_for(m.area_code, moved.district_code) FOR SHARE;
        IF called.id IS NULL THEN
            RAISE EXCEPTION 'case_step_incomplete' USING ERRCODE = 'EK005', DETAIL = moved.state;
        ELSIF called.state = 'closed' THEN
            RAISE EXCEPTION 'meeting_closed' USING ERRCODE = 'EK006';
        ELSIF called.held_on > current_date THEN
            RAISE EXCEPTION 'meeting_not_yet' USING ERRCODE = 'EK007';
        END IF;
    END IF;

    -- 5. a case is given only to somebody who looks into households of its district
    IF (allowed.to_state = 'assigned' AND coalesce(NEW.assigned_to, moved.assigned_to) IS NULL)
       OR (NEW.assigned_to IS NOT NULL AND NOT looks_into(NEW.assigned_to, moved.district_code)) THEN
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

-- What follows from a step that was taken.
CREATE OR REPLACE FUNCTION follow_case_step() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    -- 1. the household of a case that ends in an exit leaves the counts; a case that came before a focus group by its
    -- decision, any other for the reason that the step gives
    IF NEW.to_state = 'exited' THEN
        PERFORM exit_household(c.household_id, CASE NEW.from_state WHEN 'recommended' THEN 'focus_group' ELSE 'other' END,
                               NEW.reason)
        FROM case_file AS c WHERE c.id = NEW.case_id;
    END IF;

    -- 2. a case that moves on waits on no agenda; a decision stands on that of its meeting, wherever it was entered
    IF NEW.meeting_id IS NOT NULL OR NEW.from_state = 'recommended' THEN
        DELETE FROM meeting_item
        WHERE case_id = NEW.case_id AND outcome IS NULL AND meeting_id IS DISTINCT FROM NEW.meeting_id;
    END IF;
    IF NEW.meeting_id IS NOT NULL THEN
        INSERT INTO meeting_item (meeting_id, case_id, outcome) VALUES (NEW.meeting_id, NEW.case_id, NEW.action)
        ON CONFLICT (meeting_id, case_id) DO UPDATE SET outcome = excluded.outcome;
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER case_step_followed AFTER INSERT ON case_step FOR EACH ROW EXECUTE FUNCTION follow_case_step();

-- What a focus group is to decide on, or has decided on, is not rewritten under its hands.
CREATE OR REPLACE FUNCTION keep_decided_form() RETURNS trigger
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF acting_user() IS NOT NULL AND NEW.draft IS DISTINCT FROM OLD.draft
        AND OLD.state IN ('recommended', 'active', 'rejected', 'exited', 'withdrawn') THEN
        RAISE EXCEPTION 'case_step_illegal' USING ERRCODE = 'EK001', DETAIL = OLD.state;
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER case_form_kept BEFORE UPDATE OF draft ON case_file
FOR EACH ROW EXECUTE FUNCTION keep_decided_form();

-- The steps of a case that who is acting may take now, as take_case_step would judge them.
CREATE OR REPLACE FUNCTION allowed_steps(asked_case bigint)
RETURNS TABLE (action text, to_state text, needs_reason boolean, needs_meeting boolean, needs_officer boolean)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT t.action, t.to_state, t.needs_reason, t.needs_meeting, t.to_state = 'assigned'
    FROM case_file AS c
    JOIN case_transition AS t ON t.from_state = c.state
    WHERE c.id = asked_case AND may(t.permission) AND in_territory(c.district_code)
        AND (c.channel = 'held' OR NOT is_held_step(t.action))
        AND (NOT t.only_assigned OR c.assigned_to = acting_user())
        AND NOT EXISTS (SELECT FROM case_step AS s
                        WHERE s.case_id = c.id AND s.action = ANY (t.not_by) AND s.actor_id = acting_user())
    ORDER BY array_position(ARRAY['submit', 'accept_new', 'same', 'refuse', 'assign', 'visit', 'recommend', 'approve',
        'return', 'reject', 'exit', 'reassign', 'send_back', 'fall_due', 'withdraw'], t.action)
$$;

-- Who a case may be given to: those who look into households and whose territory takes in its district. Of the others of
-- one's own area only the name is shown.
CREATE OR REPLACE FUNCTION case_officers(asked_district text) RETURNS TABLE (user_id bigint, display_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT u.id, u.display_name
    FROM app_user AS u
    WHERE (may('assign') OR may('visit')) AND in_territory(asked_district) AND looks_into(u.id, asked_district)
    ORDER BY u.territory = '{}', u.display_name, u.id
$$;
REVOKE ALL ON FUNCTION looks_into(bigint, text), case_officers(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION case_officers(text) TO app_web;
