-- Targets are proposed by one person and approved by another; nothing else sets them.

-- Whether who is acting may propose targets of an area: all of it is their own. Who administers may of any.
CREATE OR REPLACE FUNCTION proposes_targets_of(area text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT administers() OR may('propose_targets') AND sees_persons() AND EXISTS (
        SELECT FROM area AS a
        WHERE a.code = proposes_targets_of.area AND CASE a.level WHEN 'state' THEN covers_state(a.code)
            WHEN 'district' THEN in_territory(a.code) WHEN 'mukim' THEN in_territory(left(a.code, 4)) END)
$$;

-- Whether a proposal from below is what it may be: another value of one target that is shared out, as it stands.
CREATE OR REPLACE FUNCTION is_from_below(asked target_proposal) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT asked.how IS NULL AND (SELECT count(*) FROM jsonb_object_keys(asked.wanted)) = 1 AND EXISTS (
        SELECT FROM jsonb_each(asked.wanted) AS w
        JOIN target AS t ON t.indicator_code = w.key AND t.area_code = asked.area_code
            AND t.due_on = (w.value ->> 'due_on')::date AND t.how IS NOT NULL
            AND t.baseline = (w.value ->> 'baseline')::numeric AND t.baseline_on = (w.value ->> 'baseline_on')::date
        WHERE (w.value ->> 'target')::numeric >= 0 AND NOT w.value ?| '{way,points}')
$$;

-- Whether who is acting decides on proposals of an area: who administers on all, a state office on those of the areas inside
-- its own state, which give way to one another and move nothing outside it.
CREATE OR REPLACE FUNCTION decides_targets_of(area text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT administers() OR may('decide_targets') AND sees_persons() AND covers_state(left(decides_targets_of.area, 2))
        AND EXISTS (SELECT FROM area AS a WHERE a.code = decides_targets_of.area AND a.level IN ('district', 'mukim'))
$$;

-- Judges a proposal before it is kept, and notes the transaction in which its targets may be set.
CREATE OR REPLACE FUNCTION judge_target_proposal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    acting bigint := acting_user();
BEGIN
    IF acting IS NULL OR NOT (administers() OR CASE TG_OP
            WHEN 'INSERT' THEN NEW.state = 'waiting' AND proposes_targets_of(NEW.area_code)
            ELSE NEW.state = 'withdrawn' AND OLD.proposed_by = acting
                OR NEW.state <> 'withdrawn' AND decides_targets_of(OLD.area_code) AND is_from_below(OLD) END)
    THEN
        RAISE EXCEPTION 'may not propose targets or decide on them' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'INSERT' AND NOT administers() AND NOT is_from_below(NEW) THEN
        RAISE EXCEPTION 'target_not_from_here' USING ERRCODE = 'EK250';
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

CREATE POLICY read_own ON target_proposal FOR SELECT TO app_web
USING ((SELECT administers()) OR proposed_by = (SELECT acting_user()));
CREATE POLICY read_to_decide ON target_proposal FOR SELECT TO app_web
USING ((SELECT may('decide_targets')) AND decides_targets_of(area_code) AND is_from_below(target_proposal));
CREATE POLICY propose ON target_proposal FOR INSERT TO app_web WITH CHECK (proposes_targets_of(area_code));
CREATE POLICY decide ON target_proposal FOR UPDATE TO app_web
USING ((SELECT administers()) OR proposed_by = (SELECT acting_user())
       OR (SELECT may('decide_targets')) AND decides_targets_of(area_code) AND is_from_below(target_proposal));
GRANT SELECT, INSERT (area_code, wanted, seen, reason, how, state), UPDATE (state, answer) ON target_proposal TO app_web;
CREATE POLICY read_own_target_proposals ON audit_log FOR SELECT TO app_web
USING (subject = 'target' AND actor_id = (SELECT acting_user()));

REVOKE ALL ON FUNCTION judge_target_proposal(), target_trial_undone(), targets_decided(), proposes_targets_of(text),
    decides_targets_of(text), is_from_below(target_proposal) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION targets_decided(), proposes_targets_of(text), decides_targets_of(text),
    is_from_below(target_proposal) TO app_web;
