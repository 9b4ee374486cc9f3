-- Meetings of focus groups: their agenda, what became of each case on it, and minutes that stand once they are closed.

-- Whether the territory of who is acting holds every district of a state: only such a person acts as its state office.
CREATE OR REPLACE FUNCTION covers_state(state text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT nationwide() OR (
        EXISTS (SELECT FROM area AS a WHERE a.level = 'district' AND a.state_code = state)
        AND NOT EXISTS (SELECT FROM area AS a WHERE a.level = 'district' AND a.state_code = state
                        AND NOT in_territory(a.code)))
$$;

-- Whether who is acting holds the meetings of an area: a district of the own territory, or a state with all of its own.
CREATE OR REPLACE FUNCTION covers_area(asked text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$ SELECT nationwide() OR asked = ANY (acting_districts()) OR covers_state(asked) $$;

-- Whether a meeting of an area decides on cases of a district: its own, its state's, the country's.
CREATE OR REPLACE FUNCTION decides_for(meeting_area text, district text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT meeting_area IN (district, left(district, 2), 'MY') $$;

-- A meeting that is closed stays as it is; nothing is held or closed before its day, and what was held stays so.
CREATE OR REPLACE FUNCTION keep_meeting() RETURNS trigger
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF OLD.state = 'closed' THEN
        RAISE EXCEPTION 'meeting_closed' USING ERRCODE = 'EK006';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NEW.state <> 'planned' AND NEW.held_on > current_date OR (OLD.state, NEW.state) = ('held', 'planned') THEN
        RAISE EXCEPTION 'meeting_not_yet' USING ERRCODE = 'EK007';
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER meeting_kept BEFORE UPDATE OR DELETE ON meeting
    FOR EACH ROW EXECUTE FUNCTION keep_meeting();

-- An agenda takes recommended cases of its area. What was decided on stays on it, and a closed one stays as it is.
CREATE OR REPLACE FUNCTION keep_agenda() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    item meeting_item;
    moved case_file;
    called meeting;
BEGIN
    IF TG_OP = 'INSERT' THEN item := NEW; ELSE item := OLD; END IF;
    IF TG_OP = 'INSERT' THEN  -- cases are locked before their meeting everywhere, so that nobody waits in a circle
        SELECT * INTO moved FROM case_file WHERE id = NEW.case_id FOR SHARE;
        SELECT * INTO called FROM meeting WHERE id = NEW.meeting_id FOR SHARE;
    ELSE
        SELECT * INTO called FROM meeting WHERE id = OLD.meeting_id;
    END IF;
    IF called.state = 'closed' THEN
        RAISE EXCEPTION 'meeting_closed' USING ERRCODE = 'EK006';
    END IF;
    -- with its meeting or its case the whole agenda goes; by itself nothing that was decided on does
    IF TG_OP = 'DELETE' AND OLD.outcome IS NOT NULL AND pg_trigger_depth() = 1
       OR TG_OP = 'INSERT' AND (NOT coalesce(decides_for(called.area_code, moved.district_code), false)
                                OR NEW.outcome IS NULL AND moved.state <> 'recommended')
       OR TG_OP = 'UPDATE' AND (NEW.meeting_id, NEW.case_id) IS DISTINCT FROM (OLD.meeting_id, OLD.case_id) THEN
        RAISE EXCEPTION 'case_not_for_agenda' USING ERRCODE = 'EK008';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE OR REPLACE TRIGGER meeting_item_kept BEFORE INSERT OR UPDATE OR DELETE ON meeting_item
    FOR EACH ROW EXECUTE FUNCTION keep_agenda();

-- What a closed meeting has decided is not rewritten.
CREATE OR REPLACE FUNCTION keep_decision() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM meeting AS m WHERE m.id = OLD.meeting_id AND m.state = 'closed') THEN
        RAISE EXCEPTION 'meeting_closed' USING ERRCODE = 'EK006';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE OR REPLACE TRIGGER case_step_kept BEFORE UPDATE OR DELETE ON case_step
    FOR EACH ROW WHEN (OLD.meeting_id IS NOT NULL) EXECUTE FUNCTION keep_decision();

-- of the agenda of a wider area everyone sees the own cases
CREATE POLICY read_with_case ON meeting_item FOR SELECT TO app_web
USING (EXISTS (SELECT FROM case_file AS c WHERE c.id = meeting_item.case_id)
       AND EXISTS (SELECT FROM meeting AS m WHERE m.id = meeting_item.meeting_id));
CREATE POLICY draw ON meeting_item FOR INSERT TO app_web
WITH CHECK ((SELECT may('decide')) AND outcome IS NULL
            AND EXISTS (SELECT FROM meeting AS m WHERE m.id = meeting_item.meeting_id AND covers_area(m.area_code))
            AND EXISTS (SELECT FROM case_file AS c WHERE c.id = meeting_item.case_id));
CREATE POLICY take_off ON meeting_item FOR DELETE TO app_web
USING ((SELECT may('decide'))
       AND EXISTS (SELECT FROM meeting AS m WHERE m.id = meeting_item.meeting_id AND covers_area(m.area_code))
       AND EXISTS (SELECT FROM case_file AS c WHERE c.id = meeting_item.case_id));
GRANT SELECT, DELETE, INSERT (meeting_id, case_id) ON meeting_item TO app_web;

-- a state's meeting (FGN) belongs to who covers the whole state
CREATE POLICY plan_own_area ON meeting FOR INSERT TO app_web
WITH CHECK ((SELECT may('decide')) AND covers_area(area_code) AND state = 'planned'
            AND created_by = (SELECT acting_user()));
CREATE POLICY hold_own_area ON meeting FOR UPDATE TO app_web
USING ((SELECT may('decide')) AND covers_area(area_code))
WITH CHECK ((SELECT may('decide')) AND covers_area(area_code));

-- what is written down of a state's meeting belongs to no district; who wrote it may read it back
CREATE POLICY read_own_meetings ON audit_log FOR SELECT TO app_web
USING (subject = 'meeting' AND actor_id = (SELECT acting_user()));

REVOKE ALL ON FUNCTION covers_state(text), covers_area(text), decides_for(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION covers_state(text), covers_area(text), decides_for(text, text) TO app_web;
