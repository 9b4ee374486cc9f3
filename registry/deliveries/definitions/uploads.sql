-- Deliveries sent on screen: who sent one sees it, with what became of it; administrators of the country see all of them.

-- What a person must hold to send deliveries of a layout.
CREATE OR REPLACE FUNCTION layout_permission(layout text) RETURNS text LANGUAGE sql IMMUTABLE
AS $$ SELECT CASE layout WHEN 'birm' THEN 'import_deliveries' WHEN 'aid' THEN 'deliver_aid_lines' END $$;

-- The layouts that who is acting may send.
CREATE OR REPLACE FUNCTION sent_layouts() RETURNS text[] LANGUAGE sql STABLE
AS $$
    SELECT ARRAY(SELECT l.name FROM unnest(ARRAY['birm', 'aid']) AS l (name)
                 WHERE ekasih.may(ekasih.layout_permission(l.name)))
$$;

CREATE POLICY read_own ON delivery_upload FOR SELECT TO app_web
USING (layout = ANY ((SELECT sent_layouts())::text[])
       AND (uploaded_by = (SELECT acting_user()) OR ((SELECT administers()) AND (SELECT nationwide()))));
CREATE POLICY add_own ON delivery_upload FOR INSERT TO app_web
WITH CHECK (layout = ANY ((SELECT sent_layouts())::text[]) AND uploaded_by = (SELECT acting_user()) AND state = 'ready');
-- asking for a trial or an import; whoever carries it out acts for the system
CREATE POLICY ask_own ON delivery_upload FOR UPDATE TO app_web
USING (layout = ANY ((SELECT sent_layouts())::text[]) AND uploaded_by = (SELECT acting_user()) AND state = 'ready')
WITH CHECK (layout = ANY ((SELECT sent_layouts())::text[]) AND uploaded_by = (SELECT acting_user())
            AND state IN ('trial', 'import'));
CREATE POLICY discard_own ON delivery_upload FOR DELETE TO app_web
USING (layout = ANY ((SELECT sent_layouts())::text[]) AND uploaded_by = (SELECT acting_user())
       AND state IN ('ready', 'expired'));

-- what became of the own delivery: its report, and the rows to correct and send again, wherever they belong
CREATE POLICY read_own_upload ON delivery FOR SELECT TO app_web
USING ((SELECT may('import_deliveries'))
       AND EXISTS (SELECT FROM delivery_upload AS u WHERE u.delivery_id = delivery.id));
CREATE POLICY read_own_upload ON delivery_row FOR SELECT TO app_web
USING ((SELECT may('import_deliveries')) AND (SELECT sees_persons())
       AND EXISTS (SELECT FROM delivery_upload AS u
                   WHERE u.delivery_id = delivery_row.delivery_id AND u.uploaded_by = (SELECT acting_user())));

GRANT SELECT, DELETE ON delivery_upload TO app_web;
GRANT INSERT (layout, uploaded_by, file_name, stored_name, sha256, bytes, findings) ON delivery_upload TO app_web;
GRANT UPDATE (state, asked_at, steps_done, steps_total, problem) ON delivery_upload TO app_web;

-- For whom an upload is carried out: the own territory and agency, and whether the account still may. No row for one that
-- may not. Who belongs to no agency, and manages programmes, brings reference tables along.
CREATE OR REPLACE FUNCTION upload_terms(asked_upload bigint)
RETURNS TABLE (login text, everywhere boolean, districts text[], agency_id integer, brings_reference boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT u.login, reaches_everywhere(u), reach_of(u), u.agency_id,
        u.agency_id IS NULL AND 'manage_programmes' = ANY (permissions_of(u.role))
    FROM delivery_upload AS d JOIN app_user AS u ON u.id = d.uploaded_by
    WHERE d.id = asked_upload AND u.active AND layout_permission(d.layout) = ANY (account_permissions(u))
        -- an account of an agency that is not said which may send nobody's aid
        AND (d.layout <> 'aid' OR u.agency_id IS NOT NULL OR u.role NOT IN ('agency', 'council'))
$$;
REVOKE ALL ON FUNCTION upload_terms(bigint) FROM PUBLIC;

-- The names of those whose uploads who asks may see.
CREATE OR REPLACE FUNCTION upload_senders() RETURNS TABLE (id bigint, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT u.id, u.display_name FROM app_user AS u
    WHERE cardinality(sent_layouts()) > 0 AND (u.id = acting_user() OR (administers() AND nationwide()))
        AND EXISTS (SELECT FROM delivery_upload AS d WHERE d.uploaded_by = u.id AND d.layout = ANY (sent_layouts()))
$$;
REVOKE ALL ON FUNCTION upload_senders() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION upload_senders() TO app_web;

-- what one has done with the own deliveries, which are of no one district
CREATE POLICY read_own_uploads ON audit_log FOR SELECT TO app_web
USING (subject = 'delivery_upload' AND actor_id = (SELECT acting_user()));

-- An upload follows its job: where that was cancelled, or failed without a word, nothing is asked for any more; where it
-- is put back, the same is asked for again.
CREATE OR REPLACE FUNCTION upload_follows_job() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF NEW.state IN ('cancelled', 'failed') THEN
        UPDATE delivery_upload AS d
        SET state = 'ready', reported_at = now(),
            problem = coalesce(NEW.problem, jsonb_build_object('values', '{}'::jsonb, 'key',
                CASE NEW.state WHEN 'cancelled' THEN 'error.job_cancelled' ELSE 'delivery.problem_unexpected' END))
        WHERE d.id = (NEW.arguments ->> 'upload')::bigint AND d.state IN ('trial', 'import');
    ELSE
        UPDATE delivery_upload AS d
        SET state = NEW.arguments ->> 'what', asked_at = now(), steps_done = 0, steps_total = 0, problem = NULL
        WHERE d.id = (NEW.arguments ->> 'upload')::bigint AND d.state = 'ready';
        IF NOT FOUND THEN
            RAISE EXCEPTION 'stale' USING ERRCODE = 'EK019';
        END IF;
    END IF;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION upload_follows_job() FROM PUBLIC;
CREATE TRIGGER upload_follows_job AFTER UPDATE OF state ON job FOR EACH ROW
WHEN (NEW.task IN ('aid.carry_out', 'deliveries.carry_out') AND OLD.state IS DISTINCT FROM NEW.state
      AND (NEW.state IN ('cancelled', 'failed') OR (OLD.state = 'failed' AND NEW.state = 'waiting')))
EXECUTE FUNCTION upload_follows_job();
