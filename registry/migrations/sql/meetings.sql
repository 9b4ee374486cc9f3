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

-- A meeting that is closed stays as it is, and so does its agenda.
CREATE OR REPLACE FUNCTION keep_closed_meeting() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    closed boolean;
BEGIN
    IF TG_TABLE_NAME = 'meeting' THEN
        closed := OLD.state = 'closed';
    ELSE
        SELECT m.state = 'closed' INTO closed FROM meeting AS m
        WHERE m.id = CASE TG_OP WHEN 'INSERT' THEN NEW.meeting_id ELSE OLD.meeting_id END;
    END IF;
    IF closed THEN
        RAISE EXCEPTION 'meeting_closed' USING ERRCODE = 'EK006';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE OR REPLACE TRIGGER meeting_closed BEFORE UPDATE OR DELETE ON meeting
    FOR EACH ROW EXECUTE FUNCTION keep_closed_meeting();
CREATE OR REPLACE TRIGGER meeting_item_closed BEFORE INSERT OR UPDATE OR DELETE ON meeting_item
    FOR EACH ROW EXECUTE FUNCTION keep_closed_meeting();

-- A decision taken at a meeting stands on its agenda, wherever it was entered; no other agenda waits for the case then.
CREATE OR REPLACE FUNCTION note_outcome() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    DELETE FROM meeting_item WHERE case_id = NEW.case_id AND outcome IS NULL AND meeting_id <> NEW.meeting_id;
    INSERT INTO meeting_item (meeting_id, case_id, outcome) VALUES (NEW.meeting_id, NEW.case_id, NEW.action)
    ON CONFLICT (meeting_id, case_id) DO UPDATE SET outcome = excluded.outcome;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER case_step_outcome AFTER INSERT ON case_step
    FOR EACH ROW WHEN (NEW.meeting_id IS NOT NULL) EXECUTE FUNCTION note_outcome();

ALTER TABLE meeting_item ENABLE ROW LEVEL SECURITY;
ALTER TABLE meeting_item FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS system ON meeting_item;
CREATE POLICY system ON meeting_item TO app_owner USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS read_with_case ON meeting_item;
CREATE POLICY read_with_case ON meeting_item FOR SELECT TO app_web
USING (EXISTS (SELECT FROM case_file AS c WHERE c.id = meeting_item.case_id)
       AND EXISTS (SELECT FROM meeting AS m WHERE m.id = meeting_item.meeting_id));
DROP POLICY IF EXISTS hold ON meeting_item;
CREATE POLICY hold ON meeting_item TO app_web
USING ((SELECT may('decide')) AND EXISTS (SELECT FROM meeting AS m WHERE m.id = meeting_item.meeting_id)
       AND EXISTS (SELECT FROM case_file AS c WHERE c.id = meeting_item.case_id))
WITH CHECK ((SELECT may('decide')) AND EXISTS (SELECT FROM meeting AS m WHERE m.id = meeting_item.meeting_id)
       AND EXISTS (SELECT FROM case_file AS c WHERE c.id = meeting_item.case_id));
GRANT SELECT, DELETE, INSERT (meeting_id, case_id) ON meeting_item TO app_web;

-- a state's meeting (FGN) belongs to who covers the whole state
DROP POLICY IF EXISTS hold_own_area ON meeting;
CREATE POLICY hold_own_area ON meeting FOR ALL TO app_web
USING ((SELECT may('decide')) AND ((SELECT nationwide()) OR area_code = ANY ((SELECT acting_districts())::text[])
       OR covers_state(area_code)))
WITH CHECK ((SELECT may('decide')) AND ((SELECT nationwide()) OR area_code = ANY ((SELECT acting_districts())::text[])
       OR covers_state(area_code)));
REVOKE ALL ON FUNCTION covers_state(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION covers_state(text) TO app_web;
