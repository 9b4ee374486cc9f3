-- The households of an office that works by catchment: no district is its own, so what is kept by district is not its to
-- read. Its households are found by the index of their catchments, and of these alone is counted.

-- The households of the catchments of who is acting that are not of the own districts anyway.
CREATE OR REPLACE FUNCTION catchment_households() RETURNS SETOF household
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT h.* FROM household AS h
    -- whoever has no catchment, which is nearly everybody, reads no row for it
    WHERE (SELECT sees_persons() AND cardinality(acting_catchments()) > 0)
        AND h.catchment_codes && (SELECT acting_catchments())
        AND NOT (SELECT nationwide()) AND h.district_code <> ALL ((SELECT acting_districts())::text[])
$$;

-- The districts to look for households in: the own ones, and those into which an own catchment reaches.
CREATE OR REPLACE FUNCTION reached_districts() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT a.code FROM area AS a WHERE a.level = 'district' AND in_territory(a.code)
    UNION
    SELECT h.district_code FROM catchment_households() AS h
$$;

-- How many households of the own catchments each worklist has, by the names of worklist_count.
CREATE OR REPLACE FUNCTION catchment_worklists(asked_district text) RETURNS TABLE (list text, households bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    WITH mine AS MATERIALIZED (
        SELECT h.* FROM catchment_households() AS h WHERE asked_district IS NULL OR h.district_code = asked_district
    ), listed AS (
        SELECT l.list
        FROM mine AS h
        CROSS JOIN LATERAL (VALUES
            ('due', h.exited_on IS NULL AND h.next_review_on < current_date),
            ('unvisited', h.exited_on IS NULL AND h.status = 'tegar'
                AND coalesce(h.last_visit_on, h.census_date, h.registered_on) < current_date - interval '6 months'),
            ('unplaced', h.exited_on IS NULL AND h.geom_method NOT IN ('given', 'swapped', 'manual')),
            ('no_mukim', h.exited_on IS NULL AND h.mukim_code IS NULL),
            ('tegar', h.exited_on IS NULL AND h.status = 'tegar'),
            ('miskin', h.exited_on IS NULL AND h.status IN ('tegar', 'miskin')),
            ('exited_' || h.exit_reason, h.exited_on IS NOT NULL)) AS l (list, holds)
        WHERE l.holds
        UNION ALL
        SELECT e.list
        FROM mine AS h JOIN worklist_entry AS e ON e.household_id = h.id
        WHERE e.day IS NULL OR e.day > current_date - interval '12 months'
    )
    SELECT listed.list, count(*) FROM listed GROUP BY listed.list
$$;

-- In which catchments a household was on which days: a new one in its own from the beginning, for its decisions may be taken
-- for the past; one that moves, or whose catchment is drawn anew, in others from today. Months that are closed keep what the
-- office had then.
CREATE OR REPLACE FUNCTION keep_catchments() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM household_catchment AS c WHERE c.household_id = OLD.id;
    ELSIF TG_OP = 'INSERT' THEN
        INSERT INTO household_catchment (household_id, code, from_day)
        SELECT NEW.id, code, '0001-01-01' FROM unnest(NEW.catchment_codes) AS code;
    ELSE
        DELETE FROM household_catchment AS c
        WHERE c.household_id = NEW.id AND c.until_day IS NULL AND c.code <> ALL (NEW.catchment_codes)
            AND c.from_day >= current_date;
        UPDATE household_catchment AS c SET until_day = current_date
        WHERE c.household_id = NEW.id AND c.until_day IS NULL AND c.code <> ALL (NEW.catchment_codes);
        INSERT INTO household_catchment (household_id, code, from_day)
        SELECT NEW.id, named.code, current_date FROM unnest(NEW.catchment_codes) AS named (code)
        WHERE NOT EXISTS (SELECT FROM household_catchment AS here
                          WHERE here.household_id = NEW.id AND here.code = named.code AND here.until_day IS NULL);
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER catchments_inserted AFTER INSERT ON household
    FOR EACH ROW WHEN (cardinality(NEW.catchment_codes) > 0) EXECUTE FUNCTION keep_catchments();
CREATE OR REPLACE TRIGGER catchments_changed AFTER UPDATE ON household
    FOR EACH ROW WHEN (NEW.catchment_codes IS DISTINCT FROM OLD.catchment_codes) EXECUTE FUNCTION keep_catchments();
CREATE OR REPLACE TRIGGER catchments_deleted AFTER DELETE ON household
    FOR EACH ROW EXECUTE FUNCTION keep_catchments();
-- an import stores with its references unchecked, which passes over every trigger that does not say so
ALTER TABLE household ENABLE ALWAYS TRIGGER catchments_inserted;
ALTER TABLE household ENABLE ALWAYS TRIGGER catchments_changed;
ALTER TABLE household ENABLE ALWAYS TRIGGER catchments_deleted;

-- An office reads the households of its catchments, and what hangs on them; to change them takes their district.
CREATE POLICY read_own_catchment ON household FOR SELECT TO app_web
USING ((SELECT sees_persons()) AND catchment_codes && (SELECT acting_catchments())::text[]);
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['person', 'quality_flag', 'worklist_entry', 'case_file']
    LOOP
        EXECUTE format($policy$
            CREATE POLICY read_own_catchment ON %1$I FOR SELECT TO app_web
            USING ((SELECT sees_persons() AND cardinality(acting_catchments()) > 0)
                   AND EXISTS (SELECT FROM household AS h WHERE h.id = %1$I.household_id))
        $policy$, name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['aid_area', 'headcount', 'headcount_month', 'target']
    LOOP
        EXECUTE format($policy$
            CREATE POLICY read_own_catchment ON %I FOR SELECT TO app_web
            USING ((SELECT sees_persons()) AND area_code = ANY ((SELECT acting_catchments())::text[]))
        $policy$, name);
    END LOOP;
END
$$;
CREATE POLICY read_own_catchment ON audit_log FOR SELECT TO app_web
USING ((SELECT sees_persons() AND cardinality(acting_catchments()) > 0) AND subject = 'household'
       AND EXISTS (SELECT FROM household AS h WHERE h.id = audit_log.subject_id));

REVOKE ALL ON FUNCTION catchment_households(), reached_districts(), catchment_worklists(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION catchment_households(), reached_districts(), catchment_worklists(text) TO app_web;
