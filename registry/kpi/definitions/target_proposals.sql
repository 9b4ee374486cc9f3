-- Targets are proposed by one person and approved by another; nothing else sets them.

-- Judges a proposal before it is kept, and notes the transaction in which its targets may be set.
CREATE OR REPLACE FUNCTION judge_target_proposal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    acting bigint := acting_user();
BEGIN
    IF NOT administers() OR acting IS NULL THEN
        RAISE EXCEPTION 'may not propose targets or decide on them' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state NOT IN ('trial', 'waiting') THEN
            RAISE EXCEPTION 'a proposal waits for somebody else' USING ERRCODE = 'insufficient_privilege';
        END IF;
        NEW.proposed_by := acting;
        NEW.proposed_at := clock_timestamp();
        NEW.tx := CASE NEW.state WHEN 'trial' THEN pg_current_xact_id()::text::bigint END;
        RETURN NEW;
    END IF;
    IF OLD.state <> 'waiting' THEN
        RAISE EXCEPTION 'target_proposal_decided' USING ERRCODE = 'EK181';
    END IF;
    IF NEW.state = 'withdrawn' AND OLD.proposed_by IS DISTINCT FROM acting
        OR NEW.state NOT IN ('approved', 'refused', 'withdrawn', 'stale')
    THEN
        RAISE EXCEPTION 'may not put a proposal into this state' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.state IN ('approved', 'refused') AND OLD.proposed_by = acting THEN
        RAISE EXCEPTION 'target_own_proposal' USING ERRCODE = 'EK182';
    END IF;
    IF NEW.state = 'refused' AND coalesce(btrim(NEW.answer), '') = '' THEN
        RAISE EXCEPTION 'reason_missing' USING ERRCODE = 'EK003';
    END IF;
    NEW.decided_by := acting;
    NEW.decided_at := clock_timestamp();
    NEW.tx := CASE NEW.state WHEN 'approved' THEN pg_current_xact_id()::text::bigint END;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER target_proposal_judged BEFORE INSERT OR UPDATE ON target_proposal
    FOR EACH ROW EXECUTE FUNCTION judge_target_proposal();

-- What was only tried out must be undone before the transaction ends.
CREATE OR REPLACE FUNCTION target_trial_undone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'targets that were only tried out were not undone' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE CONSTRAINT TRIGGER target_proposal_undone AFTER INSERT ON target_proposal DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state = 'trial') EXECUTE FUNCTION target_trial_undone();

-- Whether targets of an area and those that give way to it may be set in this transaction: it tries a proposal out, or
-- approves one of somebody else's.
CREATE OR REPLACE FUNCTION targets_decided() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT administers() AND EXISTS (
        SELECT FROM target_proposal AS p
        WHERE p.tx = pg_current_xact_id_if_assigned()::text::bigint
            AND (p.state = 'trial' AND p.proposed_by = acting_user()
                 OR p.state = 'approved' AND p.decided_by = acting_user()))
$$;

CREATE POLICY approve_add ON target FOR INSERT TO app_web WITH CHECK ((SELECT targets_decided()));
CREATE POLICY approve_change ON target FOR UPDATE TO app_web
USING ((SELECT administers())) WITH CHECK ((SELECT targets_decided()));
GRANT INSERT, UPDATE (baseline, baseline_on, target, sample, how, numerator, denominator, way, points) ON target TO app_web;

CREATE POLICY read_administering ON target_proposal FOR SELECT TO app_web USING ((SELECT administers()));
CREATE POLICY propose ON target_proposal FOR INSERT TO app_web WITH CHECK ((SELECT administers()));
CREATE POLICY decide ON target_proposal FOR UPDATE TO app_web
USING ((SELECT administers())) WITH CHECK ((SELECT administers()));
GRANT SELECT, INSERT (area_code, wanted, seen, reason, how, state), UPDATE (state, answer) ON target_proposal TO app_web;
REVOKE ALL ON FUNCTION judge_target_proposal(), target_trial_undone(), targets_decided() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION targets_decided() TO app_web;
