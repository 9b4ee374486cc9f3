-- Targets that are shared out from the country's: what all areas inside one have adds up to it, at every commit.

-- Judges the targets of one indicator and due day where they are shared out; those that were set one by one are free.
CREATE OR REPLACE FUNCTION targets_add_up() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM target_tree AS t WHERE t.indicator_code = NEW.indicator_code AND t.due_on = NEW.due_on)
        AND EXISTS (
            SELECT FROM target AS whole
            JOIN area AS inside ON inside.parent_code = whole.area_code AND inside.level IN ('state', 'district')
            JOIN target AS part ON part.area_code = inside.code AND part.indicator_code = whole.indicator_code
                AND part.due_on = whole.due_on
            WHERE whole.indicator_code = NEW.indicator_code AND whole.due_on = NEW.due_on
            GROUP BY whole.area_code, whole.target
            HAVING sum(part.target) <> whole.target)
    THEN
        RAISE EXCEPTION 'targets_do_not_add_up' USING ERRCODE = 'EK180';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER adds_up AFTER INSERT OR UPDATE ON target DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION targets_add_up();
CREATE CONSTRAINT TRIGGER adds_up AFTER INSERT ON target_tree DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION targets_add_up();

-- Versions hold the exact figures of every area, so they are for who administers and sees all persons.
CREATE POLICY read_administering ON target_tree FOR SELECT TO app_web
USING ((SELECT administers() AND sees_persons() AND nationwide()));
CREATE POLICY add_administering ON target_tree FOR INSERT TO app_web
WITH CHECK ((SELECT administers() AND sees_persons() AND nationwide())
            AND NOT sample AND decided_by = (SELECT acting_user()) AND targets_decided());
GRANT SELECT, INSERT ON target_tree TO app_web;

REVOKE ALL ON FUNCTION targets_add_up() FROM PUBLIC;
