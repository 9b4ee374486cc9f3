-- Jobs: who may ask for which, who sees them, and how a row of ekasih.job follows the queue in the schema jobs.

-- What a person must hold to ask for a task on screen; a task that is not here can be asked for by the system alone.
CREATE OR REPLACE FUNCTION task_permission(asked_task text) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$
    SELECT t.permission
    FROM (VALUES
        ('applications.lapse', 'administer'),
        ('aid.carry_out', 'deliver_aid_lines'),
        ('articles.read_file', 'write_articles'),
        ('areas.activate_boundaries', 'administer'),
        ('areas.begin_boundaries', 'administer'),
        ('areas.check_boundaries', 'administer'),
        ('cleansing.duplicates', 'administer'),
        ('cleansing.quality', 'administer'),
        ('deliveries.carry_out', 'import_deliveries'),
        ('inquiries.sort', 'administer'),
        ('intake.look', 'administer'),
        ('kpi.judge_alerts', 'administer'),
        ('kpi.mail_alerts', 'administer'),
        ('publishing.compare_areas', 'administer'),
        ('publishing.publish', 'administer'),
        ('releases.make', 'administer'),
        ('reporting.due', 'administer'),
        ('reporting.make', 'read_aggregates'),
        ('aid.make_bits', 'administer'),
        ('aid.measure_effects', 'administer'),
        ('support.clock', 'administer'),
        ('support.mail', 'administer'),
        ('support.tidy', 'administer'),
        ('status.change_line', 'administer'),
        ('status.close_months', 'administer'),
        ('status.decide_due', 'administer')
    ) AS t (task, permission)
    WHERE t.task = asked_task
$$;

-- Enqueues a job in the caller's transaction; answers its number. What waits already with the same arguments is not
-- asked for twice. For the system, and for ask_job().
CREATE OR REPLACE FUNCTION put_job(asked_task text, asked_arguments jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, jobs, public, pg_temp
AS $$
DECLARE
    found bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('ekasih.job ' || asked_task || asked_arguments::text, 0));
    SELECT j.id INTO found FROM job AS j
    WHERE j.task = asked_task AND j.arguments = asked_arguments AND j.state = 'waiting' LIMIT 1;
    IF found IS NULL THEN
        found := (procrastinate_defer_jobs_v1(ARRAY[
            ROW('default', asked_task, 0, NULL, NULL, asked_arguments, NULL)::procrastinate_job_to_defer_v1]))[1];
    END IF;
    RETURN found;
END
$$;
REVOKE ALL ON FUNCTION put_job(text, jsonb) FROM PUBLIC;

-- The same as the system, whoever is acting: for what follows of itself from a change, and needs no permission of theirs.
CREATE OR REPLACE FUNCTION put_system_job(asked_task text, asked_arguments jsonb) RETURNS bigint
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    who text := coalesce(current_setting('app.user_id', true), '');
    found bigint;
BEGIN
    PERFORM set_config('app.user_id', '', true);
    found := put_job(asked_task, asked_arguments);
    PERFORM set_config('app.user_id', who, true);
    RETURN found;
END
$$;
REVOKE ALL ON FUNCTION put_system_job(text, jsonb) FROM PUBLIC;

-- The same for who is acting, as far as the task's permission goes; the audit keeps who asked.
CREATE OR REPLACE FUNCTION ask_job(asked_task text, asked_arguments jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    found bigint;
BEGIN
    IF NOT coalesce(may(task_permission(asked_task)), false) THEN
        RAISE EXCEPTION 'the task % may not be asked for', asked_task USING ERRCODE = 'insufficient_privilege';
    END IF;
    found := put_job(asked_task, asked_arguments);
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, after)
    VALUES (acting_user(), acting_login(), 'ask_job', 'job', found, jsonb_build_object('task', asked_task));
    RETURN found;
END
$$;
REVOKE ALL ON FUNCTION ask_job(text, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ask_job(text, jsonb) TO app_web;

-- Keeps the row of a job in step with the queue, in the same transaction, whoever moves it.
CREATE OR REPLACE FUNCTION follow_queue() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, jobs, public, pg_temp
AS $$
BEGIN
    CASE TG_OP
    WHEN 'INSERT' THEN
        INSERT INTO job (id, task, arguments, asked_by, run_at)
        VALUES (NEW.id, NEW.task_name, NEW.args, acting_user(), NEW.scheduled_at);
    WHEN 'DELETE' THEN
        DELETE FROM job AS j WHERE j.id = OLD.id;
    ELSE
        UPDATE job AS j
        SET state = CASE NEW.status WHEN 'todo' THEN 'waiting' WHEN 'doing' THEN 'running' WHEN 'succeeded' THEN 'done'
                                    WHEN 'failed' THEN 'failed' ELSE 'cancelled' END,
            attempts = NEW.attempts,
            run_at = NEW.scheduled_at,
            cancel_asked = NEW.abort_requested OR (j.cancel_asked AND NEW.status NOT IN ('todo', 'doing')),
            started_at = CASE WHEN NEW.status = 'doing' AND OLD.status = 'todo' THEN now() ELSE j.started_at END,
            ended_at = CASE WHEN NEW.status IN ('todo', 'doing') THEN NULL ELSE coalesce(j.ended_at, now()) END,
            steps_done = CASE WHEN NEW.status = 'doing' AND OLD.status = 'todo' THEN 0 ELSE j.steps_done END,
            steps_total = CASE WHEN NEW.status = 'doing' AND OLD.status = 'todo' THEN 0 ELSE j.steps_total END,
            problem = CASE WHEN NEW.status = 'succeeded' THEN NULL ELSE j.problem END
        WHERE j.id = NEW.id;
    END CASE;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION follow_queue() FROM PUBLIC;
CREATE TRIGGER follow_queue AFTER INSERT OR DELETE OR UPDATE OF status, scheduled_at, attempts, abort_requested
ON jobs.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION follow_queue();

CREATE POLICY read_own ON job FOR SELECT TO app_web
USING (asked_by = (SELECT acting_user()) OR ((SELECT administers()) AND (SELECT nationwide())));
GRANT SELECT ON job TO app_web;

-- The names of those who asked for the jobs that who asks may see.
CREATE OR REPLACE FUNCTION job_askers() RETURNS TABLE (id bigint, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT u.id, u.display_name FROM app_user AS u
    WHERE (u.id = acting_user() OR (administers() AND nationwide()))
        AND EXISTS (SELECT FROM job AS j WHERE j.asked_by = u.id)
$$;
REVOKE ALL ON FUNCTION job_askers() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION job_askers() TO app_web;

-- When a worker was last seen, for who may ask for jobs.
CREATE OR REPLACE FUNCTION worker_seen_at() RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, jobs, public, pg_temp
AS $$
    SELECT max(w.last_heartbeat) FROM procrastinate_workers AS w WHERE may('administer') OR may('import_deliveries') OR may('deliver_aid_lines')
$$;
REVOKE ALL ON FUNCTION worker_seen_at() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION worker_seen_at() TO app_web;

-- Whether who asked for a job may still ask for it: accounts are closed and rights taken away while it waits.
CREATE OR REPLACE FUNCTION job_is_allowed(asked_job bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM job AS j LEFT JOIN app_user AS u ON u.id = j.asked_by
        WHERE j.id = asked_job
            AND (j.asked_by IS NULL
                 OR (u.active AND coalesce(task_permission(j.task) = ANY (account_permissions(u)), false))))
$$;
REVOKE ALL ON FUNCTION job_is_allowed(bigint) FROM PUBLIC;

-- Cancels an own job, or any for an administrator of the country: one that waits at once, one under way at its next
-- step. Answers whether there was one to cancel.
CREATE OR REPLACE FUNCTION cancel_job(asked_job bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, jobs, public, pg_temp
AS $$
BEGIN
    PERFORM FROM job AS j
    WHERE j.id = asked_job AND j.state IN ('waiting', 'running') AND NOT j.cancel_asked
        AND (j.asked_by = acting_user() OR (administers() AND nationwide()));
    IF NOT FOUND OR procrastinate_cancel_job_v1(asked_job, true, false) IS NULL THEN
        RETURN false;
    END IF;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id)
    VALUES (acting_user(), acting_login(), 'cancel_job', 'job', asked_job);
    RETURN true;
END
$$;
REVOKE ALL ON FUNCTION cancel_job(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cancel_job(bigint) TO app_web;

-- Puts a job that failed back into the queue, for who may cancel it and may ask for its task.
CREATE OR REPLACE FUNCTION rerun_job(asked_job bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, jobs, public, pg_temp
AS $$
BEGIN
    PERFORM FROM job AS j
    WHERE j.id = asked_job AND j.state = 'failed' AND coalesce(may(task_permission(j.task)), administers())
        AND (j.asked_by = acting_user() OR (administers() AND nationwide()))
    FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM procrastinate_retry_job_v2(asked_job, now(), NULL, NULL, NULL);
    UPDATE procrastinate_jobs AS q SET attempts = 0 WHERE q.id = asked_job;
    PERFORM pg_notify('procrastinate_any_queue_v1', json_build_object('type', 'job_inserted', 'job_id', asked_job)::text);
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id)
    VALUES (acting_user(), acting_login(), 'rerun_job', 'job', asked_job);
    RETURN true;
END
$$;
REVOKE ALL ON FUNCTION rerun_job(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rerun_job(bigint) TO app_web;

-- Puts the jobs of workers that are gone back into the queue, or ends those that were to be cancelled and those that
-- took their worker down time after time; answers how many there were. A worker is gone when nothing was heard of it.
CREATE OR REPLACE FUNCTION rescue_jobs(silent interval, most_attempts integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, jobs, public, pg_temp
AS $$
DECLARE
    stalled procrastinate_jobs;
    rescued integer := 0;
BEGIN
    FOR stalled IN
        SELECT q.* FROM procrastinate_jobs AS q
        WHERE q.status = 'doing'
            AND NOT EXISTS (SELECT FROM procrastinate_workers AS w
                            WHERE w.id = q.worker_id AND w.last_heartbeat >= now() - silent)
        ORDER BY q.id FOR UPDATE OF q SKIP LOCKED
    LOOP
        rescued := rescued + 1;
        IF stalled.abort_requested THEN
            PERFORM procrastinate_finish_job_v1(stalled.id, 'aborted', false);
        ELSIF stalled.attempts + 1 >= most_attempts THEN
            UPDATE job AS j SET problem = '{"key": "job.problem_stopped", "values": {}}' WHERE j.id = stalled.id;
            PERFORM procrastinate_finish_job_v1(stalled.id, 'failed', false);
        ELSE
            PERFORM procrastinate_retry_job_v2(stalled.id, now(), NULL, NULL, NULL);
        END IF;
    END LOOP;
    DELETE FROM procrastinate_workers AS w WHERE w.last_heartbeat < now() - silent;
    RETURN rescued;
END
$$;
REVOKE ALL ON FUNCTION rescue_jobs(interval, integer) FROM PUBLIC;

-- Removes what ended before a day, and after a day what is done many times a day; answers how many jobs there were.
CREATE OR REPLACE FUNCTION forget_jobs(ended_before timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, jobs, public, pg_temp
AS $$
DECLARE
    forgotten integer;
BEGIN
    DELETE FROM procrastinate_jobs AS q
    USING job AS j WHERE j.id = q.id
        AND j.ended_at < CASE j.task WHEN 'support.clock' THEN greatest(ended_before, now() - interval '1 day') ELSE ended_before END;
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    RETURN forgotten;
END
$$;
REVOKE ALL ON FUNCTION forget_jobs(timestamptz) FROM PUBLIC;

-- what one has asked for, cancelled and run again
CREATE POLICY read_own_jobs ON audit_log FOR SELECT TO app_web
USING (subject = 'job' AND actor_id = (SELECT acting_user()));
