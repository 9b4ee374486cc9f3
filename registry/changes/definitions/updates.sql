-- Requests for changes, exits and reviews: who may ask, who decides, and what is refused.

-- Judges a request before it is kept: EK002 not this person's to take, EK003 a reason is missing, EK004 who asked may not
-- decide, EK001 it is decided already.
CREATE OR REPLACE FUNCTION judge_change_request() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    acting bigint := acting_user();
    allowed boolean;
BEGIN
    IF TG_OP = 'INSERT' THEN
        allowed := CASE
            WHEN NEW.state IN ('trial', 'waiting') AND NOT NEW.direct THEN acting IS NULL OR may('request_changes')
            WHEN NEW.state = 'approved' AND NEW.direct
                THEN acting IS NULL OR may('edit_households') OR may('decide') OR may('cleanse')
            ELSE false
        END;
        IF NOT allowed OR NOT (acting IS NULL OR in_territory(NEW.district_code)) THEN
            RAISE EXCEPTION 'change_request_not_permitted' USING ERRCODE = 'EK002';
        END IF;
        NEW.requested_by := acting;
        NEW.requested_at := clock_timestamp();
        NEW.trial_tx := CASE NEW.state WHEN 'trial' THEN pg_current_xact_id()::text::bigint END;
        IF NEW.direct THEN
            NEW.decided_by := acting;
            NEW.decided_at := NEW.requested_at;
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.state = OLD.state THEN
        RETURN NEW; -- the household went to another district, and its requests with it
    END IF;
    IF OLD.state <> 'waiting' THEN
        RAISE EXCEPTION 'change_request_decided' USING ERRCODE = 'EK001';
    END IF;
    IF NEW.state = 'withdrawn' THEN
        IF OLD.requested_by IS DISTINCT FROM acting THEN
            RAISE EXCEPTION 'change_request_not_permitted' USING ERRCODE = 'EK002';
        END IF;
    ELSIF NEW.state IN ('approved', 'refused', 'stale') THEN
        IF acting IS NOT NULL AND NOT (may('approve_changes') AND in_territory(OLD.district_code)) THEN
            RAISE EXCEPTION 'change_request_not_permitted' USING ERRCODE = 'EK002';
        END IF;
        IF OLD.requested_by = acting THEN
            RAISE EXCEPTION 'change_request_same_person' USING ERRCODE = 'EK004';
        END IF;
        IF NEW.state = 'refused' AND coalesce(btrim(NEW.reason), '') = '' THEN
            RAISE EXCEPTION 'change_request_needs_reason' USING ERRCODE = 'EK003';
        END IF;
        IF NEW.state = 'approved' THEN
            PERFORM write_by('approve_changes');
        END IF;
    ELSE
        RAISE EXCEPTION 'change_request_illegal' USING ERRCODE = 'EK001';
    END IF;
    NEW.decided_by := acting;
    NEW.decided_at := clock_timestamp();
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER change_request_judged BEFORE INSERT OR UPDATE ON change_request
    FOR EACH ROW EXECUTE FUNCTION judge_change_request();

-- A change that was tried out must be undone before the transaction ends.
CREATE OR REPLACE FUNCTION trial_undone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'a change that is only asked for was not undone' USING ERRCODE = 'EK002';
END
$$;
CREATE CONSTRAINT TRIGGER change_request_undone AFTER INSERT ON change_request DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state = 'trial') EXECUTE FUNCTION trial_undone();

-- Only who cleanses the register, or decides with a focus group, takes a household out of the counts or back.
CREATE OR REPLACE FUNCTION judge_exit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF acting_user() IS NOT NULL AND NOT may('cleanse') AND NOT may('decide') THEN
        RAISE EXCEPTION 'exit_not_permitted' USING ERRCODE = 'EK002';
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER household_exit_judged BEFORE UPDATE OF exited_on ON household
    FOR EACH ROW WHEN (NEW.exited_on IS DISTINCT FROM OLD.exited_on) EXECUTE FUNCTION judge_exit();
ALTER TABLE household ENABLE ALWAYS TRIGGER household_exit_judged;

-- An exit of a household whose case has ended, and its undoing.
INSERT INTO case_transition (action, from_state, to_state, permission, needs_reason) VALUES
    ('exit', 'active', 'exited', 'cleanse', true),
    ('exit', 'due', 'exited', 'cleanse', true),
    ('reinstate', 'exited', 'active', 'cleanse', true)
ON CONFLICT (action, from_state) DO NOTHING;

-- A focus group that decides on an exit takes the household of the case out of the counts in the same breath.
CREATE OR REPLACE FUNCTION exit_with_case() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    leaving household;
BEGIN
    SELECT h.* INTO leaving FROM household AS h JOIN case_file AS c ON c.household_id = h.id
    WHERE c.id = NEW.case_id AND h.exited_on IS NULL FOR UPDATE OF h;
    IF leaving.id IS NOT NULL THEN
        PERFORM keep_baseline(ARRAY[leaving.id]);
        UPDATE household SET exited_on = current_date, exit_reason = 'focus_group', version = version + 1,
            updated_at = clock_timestamp(), updated_by = acting_login()
        WHERE id = leaving.id;
        INSERT INTO household_exit (household_id, exited_on, reason, note, actor)
        VALUES (leaving.id, current_date, 'focus_group', NEW.reason, acting_login());
        PERFORM keep_versions(ARRAY[leaving.id], current_date, 'exit', acting_login());
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER case_step_exits AFTER INSERT ON case_step
    FOR EACH ROW WHEN (NEW.to_state = 'exited') EXECUTE FUNCTION exit_with_case();

-- Opens reviews: for each household that is due, the acting user's to assign and not being looked at already, its last
-- case falls due, or a new one that does where it has none. Answers how many.
CREATE OR REPLACE FUNCTION open_reviews(households bigint[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    opened bigint[];
BEGIN
    IF acting_user() IS NOT NULL AND NOT may('assign') THEN
        RAISE EXCEPTION 'review_not_permitted' USING ERRCODE = 'EK002';
    END IF;
    WITH wanted AS MATERIALIZED (
        SELECT h.id, h.district_code, h.mukim_code, h.head_name, h.next_review_on,
            (SELECT c.id FROM case_file AS c WHERE c.household_id = h.id AND c.state = 'active'
             ORDER BY c.id DESC LIMIT 1) AS case_id
        FROM household AS h
        WHERE h.id = ANY (households) AND h.exited_on IS NULL AND h.next_review_on <= current_date
            AND (acting_user() IS NULL OR in_territory(h.district_code))
            AND NOT EXISTS (SELECT FROM case_file AS c JOIN case_state AS s ON s.code = c.state
                            WHERE c.household_id = h.id AND s.is_open)
        ORDER BY h.id
        FOR UPDATE OF h
    ), added AS (
        INSERT INTO case_file (channel, state, district_code, mukim_code, household_id, head_name, due_on, created_by)
        SELECT 'review', 'active', w.district_code, w.mukim_code, w.id, w.head_name, w.next_review_on, acting_user()
        FROM wanted AS w WHERE w.case_id IS NULL
        RETURNING id
    )
    SELECT array_agg(every.id ORDER BY every.id) INTO opened
    FROM (SELECT id FROM added UNION ALL SELECT case_id FROM wanted WHERE case_id IS NOT NULL) AS every (id);
    INSERT INTO case_step (case_id, action) SELECT unnest(opened), 'fall_due';
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, district_code)
    SELECT acting_user(), acting_login(), 'fall_due', 'case', c.id, c.district_code
    FROM case_file AS c WHERE c.id = ANY (opened);
    RETURN coalesce(cardinality(opened), 0);
END
$$;
REVOKE ALL ON FUNCTION open_reviews(bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION open_reviews(bigint[]) TO app_web;

CREATE POLICY read_own_area ON change_request FOR SELECT TO app_web
USING ((SELECT sees_persons())
       AND ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[])));
CREATE POLICY ask ON change_request FOR INSERT TO app_web
WITH CHECK ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[]));
CREATE POLICY decide ON change_request FOR UPDATE TO app_web
USING ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[]))
WITH CHECK ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[]));

CREATE POLICY read_with_household ON household_exit FOR SELECT TO app_web
USING (EXISTS (SELECT FROM household AS h WHERE h.id = household_exit.household_id));
CREATE POLICY cleanse ON household_exit FOR ALL TO app_web
USING ((SELECT may('cleanse')) AND EXISTS (SELECT FROM household AS h WHERE h.id = household_exit.household_id))
WITH CHECK ((SELECT may('cleanse')) AND EXISTS (SELECT FROM household AS h WHERE h.id = household_exit.household_id));

GRANT SELECT ON change_request, household_exit TO app_web;
GRANT INSERT (household_id, district_code, kind, payload, seen_version, before, after, effect, note, state, direct)
    ON change_request TO app_web;
GRANT UPDATE (state, reason, effect) ON change_request TO app_web;
GRANT INSERT (household_id, exited_on, reason, note, actor), UPDATE (undone_on, undone_by, undone_note)
    ON household_exit TO app_web;
