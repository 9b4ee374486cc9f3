-- Sets of boundaries on screen: administrators of the country send files, have them checked and made active.

CREATE OR REPLACE FUNCTION changes_boundaries() RETURNS boolean LANGUAGE sql STABLE
AS $$ SELECT ekasih.administers() AND ekasih.nationwide() $$;

CREATE POLICY read_all ON boundary_upload FOR SELECT TO app_web USING ((SELECT changes_boundaries()));
CREATE POLICY add_own ON boundary_upload FOR INSERT TO app_web
WITH CHECK ((SELECT changes_boundaries()) AND uploaded_by = (SELECT acting_user()) AND state = 'ready');
-- saying what it is and asking for its check; whoever carries that out acts for the system
CREATE POLICY ask ON boundary_upload FOR UPDATE TO app_web
USING ((SELECT changes_boundaries()) AND state IN ('ready', 'checked'))
WITH CHECK ((SELECT changes_boundaries()) AND state = 'check');
CREATE POLICY discard ON boundary_upload FOR DELETE TO app_web
USING ((SELECT changes_boundaries()) AND state IN ('ready', 'checked', 'expired')
       AND NOT EXISTS (SELECT FROM boundary_activation AS a WHERE a.upload_id = boundary_upload.id
                       AND a.activated_at IS NULL AND a.refused_at IS NULL));

-- since when which set is active is told to everybody who sees the map; by whom, only to administrators
CREATE POLICY read_signed_in ON boundary_activation FOR SELECT TO app_web USING ((SELECT may('read_aggregates')));
CREATE POLICY ask ON boundary_activation FOR INSERT TO app_web
WITH CHECK ((SELECT changes_boundaries()) AND asked_by = (SELECT acting_user())
       AND activated_at IS NULL AND refused_at IS NULL AND num_nonnulls(set_id, upload_id) = 1
       AND (holds_from IS NULL OR holds_from > current_date AND upload_id IS NOT NULL)
       AND (upload_id IS NULL OR EXISTS (SELECT FROM boundary_upload AS u WHERE u.id = upload_id
                                         AND u.state = 'checked' AND u.level = boundary_activation.level))
       AND (set_id IS NULL OR EXISTS (SELECT FROM boundary_set AS s WHERE s.id = set_id
                                      AND NOT s.active AND s.level = boundary_activation.level)));

GRANT SELECT, DELETE ON boundary_upload TO app_web;
GRANT INSERT (uploaded_by, file_name, stored_name, sha256, bytes) ON boundary_upload TO app_web;
GRANT UPDATE (state, level, source, licence, dated, accuracy_m, asked_at, problem) ON boundary_upload TO app_web;
-- how many households an activation moved is a figure that no page tells
GRANT SELECT (id, level, set_id, upload_id, partial, asked_by, asked_at, holds_from, activated_at, refused_at, problem)
    ON boundary_activation TO app_web;
GRANT INSERT (level, set_id, upload_id, partial, asked_by, holds_from) ON boundary_activation TO app_web;

-- Whether an account may still have boundaries changed when its wish is carried out.
CREATE OR REPLACE FUNCTION may_change_boundaries(asked_user bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM app_user AS u
                   WHERE u.id = asked_user AND u.active AND reaches_everywhere(u)
                       AND 'administer' = ANY (permissions_of(u.role)))
$$;
REVOKE ALL ON FUNCTION may_change_boundaries(bigint) FROM PUBLIC;

-- Takes back that a file is to hold from a day to come; whether there was such a wish.
CREATE OR REPLACE FUNCTION withdraw_boundaries(asked_upload bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    UPDATE boundary_activation AS a
    SET refused_at = now(), problem = jsonb_build_object('key', 'boundary.withdrawn', 'values', '{}'::jsonb)
    WHERE a.upload_id = asked_upload AND a.holds_from > current_date AND a.activated_at IS NULL AND a.refused_at IS NULL
        AND changes_boundaries();
    RETURN FOUND;
END
$$;
REVOKE ALL ON FUNCTION withdraw_boundaries(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION withdraw_boundaries(bigint) TO app_web;

-- The names of those who sent boundaries or had them made active, for administrators.
CREATE OR REPLACE FUNCTION boundary_actors() RETURNS TABLE (id bigint, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT u.id, u.display_name FROM app_user AS u
    WHERE changes_boundaries()
        AND (EXISTS (SELECT FROM boundary_upload AS b WHERE b.uploaded_by = u.id)
             OR EXISTS (SELECT FROM boundary_activation AS a WHERE a.asked_by = u.id))
$$;
REVOKE ALL ON FUNCTION boundary_actors() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION boundary_actors() TO app_web;

-- what one has done with boundaries, which are of no one district
CREATE POLICY read_own_boundaries ON audit_log FOR SELECT TO app_web
USING (subject IN ('boundary_upload', 'boundary_set') AND actor_id = (SELECT acting_user()));

-- What was asked of boundaries follows its job: where that was cancelled, or failed without a word, it is asked for no
-- more; where it is put back, the same is asked for again.
CREATE OR REPLACE FUNCTION boundaries_follow_job() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    told jsonb := jsonb_build_object('values', '{}'::jsonb, 'key',
        CASE NEW.state WHEN 'cancelled' THEN 'error.job_cancelled' ELSE 'boundary.problem_unexpected' END);
    wanted bigint := coalesce(NEW.arguments ->> 'upload', NEW.arguments ->> 'activation')::bigint;
BEGIN
    IF NEW.state IN ('cancelled', 'failed') AND NEW.task = 'areas.check_boundaries' THEN
        UPDATE boundary_upload AS u SET state = 'ready', problem = told, reported_at = now()
        WHERE u.id = wanted AND u.state = 'check';
    ELSIF NEW.state IN ('cancelled', 'failed') THEN
        UPDATE boundary_activation AS a SET refused_at = now(), problem = told
        WHERE a.id = wanted AND a.activated_at IS NULL AND a.refused_at IS NULL;
    ELSE
        IF NEW.task = 'areas.check_boundaries' THEN
            UPDATE boundary_upload AS u SET state = 'check', asked_at = now(), problem = NULL
            WHERE u.id = wanted AND u.state = 'ready';
        ELSE
            UPDATE boundary_activation AS a SET refused_at = NULL, problem = NULL
            WHERE a.id = wanted AND a.refused_at IS NOT NULL
                AND (a.upload_id IS NULL OR EXISTS (SELECT FROM boundary_upload AS u
                                                    WHERE u.id = a.upload_id AND u.state = 'checked'))
                AND NOT EXISTS (SELECT FROM boundary_activation AS o WHERE o.level = a.level
                                AND o.activated_at IS NULL AND o.refused_at IS NULL AND o.holds_from IS NULL);
        END IF;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'stale' USING ERRCODE = 'EK019';
        END IF;
    END IF;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION boundaries_follow_job() FROM PUBLIC;
CREATE TRIGGER boundaries_follow_job AFTER UPDATE OF state ON job FOR EACH ROW
WHEN (NEW.task IN ('areas.check_boundaries', 'areas.activate_boundaries') AND OLD.state IS DISTINCT FROM NEW.state
      AND (NEW.state IN ('cancelled', 'failed') OR (OLD.state = 'failed' AND NEW.state = 'waiting')))
EXECUTE FUNCTION boundaries_follow_job();
