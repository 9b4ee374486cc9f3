-- Targets that are shared out from the country's: what all areas inside one have adds up to it, at every commit.

-- The area that one lies in, for targets.
CREATE OR REPLACE FUNCTION target_area_above(of_area text) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$
    SELECT CASE WHEN of_area !~ '^[0-9]+$' THEN NULL WHEN length(of_area) = 2 THEN 'MY'
        ELSE left(of_area, length(of_area) - 2) END
$$;

-- Judges an area of targets that are shared out: as many units as it has, those inside it have together; rates by their
-- numerators. What is the same for all, and what was set one by one, is free; so is an area inside which none is shared out.
CREATE OR REPLACE FUNCTION target_adds_up(of_indicator text, due date, of_area text) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    units numeric;
    inside text[];
BEGIN
    SELECT coalesce(t.numerator, t.target) INTO units FROM target AS t
    WHERE t.indicator_code = of_indicator AND t.area_code = of_area AND t.due_on = due AND t.how <> 'sama';
    IF units IS NULL THEN
        RETURN true;
    END IF;
    SELECT array_agg(a.code) INTO inside FROM area AS a
    WHERE a.level = CASE length(of_area) WHEN 4 THEN 'mukim' ELSE CASE of_area WHEN 'MY' THEN 'state' ELSE 'district' END END
        AND a.parent_code = of_area;
    -- one by one, by the key: taken together they would be looked for among all areas, for every area that was set
    RETURN coalesce((
        SELECT sum((SELECT coalesce(t.numerator, t.target) FROM target AS t
                    WHERE t.indicator_code = of_indicator AND t.area_code = part.code AND t.due_on = due
                        AND t.how IS NOT NULL))
        FROM unnest(inside) AS part (code)), units) = units;
END
$$;

CREATE OR REPLACE FUNCTION targets_add_up() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    one target := coalesce(NEW, OLD);
BEGIN
    IF one.how IS NOT NULL
        AND NOT ((length(one.area_code) > 4 OR target_adds_up(one.indicator_code, one.due_on, one.area_code))
                 AND target_adds_up(one.indicator_code, one.due_on, target_area_above(one.area_code)))
    THEN
        RAISE EXCEPTION 'targets_do_not_add_up' USING ERRCODE = 'EK180';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER adds_up AFTER INSERT OR UPDATE OR DELETE ON target DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION targets_add_up();

-- Versions hold the exact figures of every area, so they are for who administers and sees all persons.
CREATE POLICY read_administering ON target_tree FOR SELECT TO app_web
USING ((SELECT administers() AND sees_persons() AND nationwide()));
CREATE POLICY add_administering ON target_tree FOR INSERT TO app_web
WITH CHECK ((SELECT administers() AND sees_persons() AND nationwide())
            AND NOT sample AND decided_by = (SELECT acting_user()) AND targets_decided());
GRANT SELECT, INSERT ON target_tree TO app_web;

REVOKE ALL ON FUNCTION targets_add_up(), target_adds_up(text, date, text),
    target_area_above(text) FROM PUBLIC;
