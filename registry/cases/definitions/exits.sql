-- Exits: a household that leaves the counts stays on record. All of it happens here, whoever decides on it, and the reviews
-- that are due are opened here.

-- Only who cleanses the register, or decides with a focus group, takes a household out of the counts or back.
CREATE OR REPLACE FUNCTION judge_exit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF acting_user() IS NOT NULL AND NOT may('cleanse') AND NOT may('decide') THEN
        RAISE EXCEPTION 'may not take out of the counts' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER household_exit_judged BEFORE UPDATE OF exited_on ON household
    FOR EACH ROW WHEN (NEW.exited_on IS DISTINCT FROM OLD.exited_on) EXECUTE FUNCTION judge_exit();
ALTER TABLE household ENABLE ALWAYS TRIGGER household_exit_judged;

-- Takes a household out of the counts from today: its row, its exit, its version and its audit entry. Answers what the entry
-- says, or nothing where it has exited already or is not for who acts.
CREATE OR REPLACE FUNCTION exit_household(asked_household bigint, asked_reason text, asked_note text)
RETURNS TABLE (before jsonb, after jsonb)
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    leaving household;
BEGIN
    SELECT h.* INTO leaving FROM household AS h WHERE h.id = asked_household AND h.exited_on IS NULL FOR UPDATE;
    IF leaving.id IS NULL THEN
        RETURN;
    END IF;
    PERFORM keep_baseline(ARRAY[leaving.id]);
    UPDATE household AS h SET exited_on = current_date, exit_reason = asked_reason, version = h.version + 1,
        updated_at = clock_timestamp(), updated_by = acting_login()
    WHERE h.id = leaving.id;
    INSERT INTO household_exit (household_id, exited_on, reason, note, actor)
    VALUES (leaving.id, current_date, asked_reason, asked_note, acting_login());
    after := jsonb_build_object('exited_on', current_date, 'exit_reason', asked_reason)
        || CASE WHEN asked_note IS NULL THEN '{}' ELSE jsonb_build_object('exit_note', asked_note) END;
    SELECT jsonb_object_agg(field, NULL) INTO before FROM jsonb_object_keys(after) AS field;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, district_code, before, after)
    VALUES (acting_user(), acting_login(), 'exit', 'household', leaving.id, leaving.district_code, before, after);
    PERFORM keep_versions(ARRAY[leaving.id], greatest(current_date, (
        SELECT max(d.effective_on) FROM status_decision AS d WHERE d.household_id = leaving.id)), 'exit', acting_login());
    RETURN NEXT;
END
$$;

-- Opens reviews: for each household that is due, the acting user's to assign and not being looked at already, its last
-- case falls due, or a new one that does where it has none. Answers how many.
CREATE OR REPLACE FUNCTION open_reviews(households bigint[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    opened bigint[];
BEGIN
    IF acting_user() IS NOT NULL AND NOT may('assign') THEN
        RAISE EXCEPTION 'may not open reviews' USING ERRCODE = 'insufficient_privilege';
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

CREATE POLICY read_with_household ON household_exit FOR SELECT TO app_web
USING (EXISTS (SELECT FROM household AS h WHERE h.id = household_exit.household_id));
CREATE POLICY cleanse ON household_exit FOR ALL TO app_web
USING ((SELECT may('cleanse')) AND EXISTS (SELECT FROM household AS h WHERE h.id = household_exit.household_id))
WITH CHECK ((SELECT may('cleanse')) AND EXISTS (SELECT FROM household AS h WHERE h.id = household_exit.household_id));
GRANT SELECT ON household_exit TO app_web;
GRANT INSERT (household_id, exited_on, reason, note, actor), UPDATE (undone_on, undone_by, undone_note)
    ON household_exit TO app_web;
