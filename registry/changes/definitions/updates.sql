-- Requests for changes: who may ask, who decides, and what is refused.

-- Judges a request before it is kept.
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
            RAISE EXCEPTION 'may not take this request' USING ERRCODE = 'insufficient_privilege';
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
        RAISE EXCEPTION 'change_request_decided' USING ERRCODE = 'EK009';
    END IF;
    IF NEW.state = 'withdrawn' THEN
        IF OLD.requested_by IS DISTINCT FROM acting THEN
            RAISE EXCEPTION 'may not take this request' USING ERRCODE = 'insufficient_privilege';
        END IF;
    ELSIF NEW.state IN ('approved', 'refused', 'stale') THEN
        IF acting IS NOT NULL AND NOT (may('approve_changes') AND in_territory(OLD.district_code)) THEN
            RAISE EXCEPTION 'may not take this request' USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF OLD.requested_by = acting THEN
            RAISE EXCEPTION 'change_own_request' USING ERRCODE = 'EK012';
        END IF;
        IF NEW.state = 'refused' AND coalesce(btrim(NEW.reason), '') = '' THEN
            RAISE EXCEPTION 'reason_missing' USING ERRCODE = 'EK003';
        END IF;
        IF NEW.state = 'approved' THEN
            PERFORM write_by('approve_changes');
        END IF;
    ELSE
        RAISE EXCEPTION 'may not put a request into this state' USING ERRCODE = 'insufficient_privilege';
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
    RAISE EXCEPTION 'a change that is only asked for was not undone' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE CONSTRAINT TRIGGER change_request_undone AFTER INSERT ON change_request DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state = 'trial') EXECUTE FUNCTION trial_undone();

CREATE POLICY read_own_area ON change_request FOR SELECT TO app_web
USING ((SELECT sees_persons())
       AND ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[])));
CREATE POLICY ask ON change_request FOR INSERT TO app_web
WITH CHECK ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[]));
CREATE POLICY decide ON change_request FOR UPDATE TO app_web
USING ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[]))
WITH CHECK ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[]));

GRANT SELECT ON change_request TO app_web;
GRANT INSERT (household_id, district_code, kind, payload, seen_version, before, after, effect, note, state, direct)
    ON change_request TO app_web;
GRANT UPDATE (state, reason, effect) ON change_request TO app_web;
