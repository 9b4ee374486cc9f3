-- Types of projects, their rates and contractors: data that is edited on screen.

-- The weights of a type's milestones sum to 100 at every commit.
CREATE OR REPLACE FUNCTION weights_add_up() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    asked text := CASE WHEN TG_OP = 'DELETE' THEN OLD.type_code ELSE NEW.type_code END;
BEGIN
    IF (SELECT sum(m.weight) FROM project_type_milestone AS m WHERE m.type_code = asked) IS DISTINCT FROM 100 THEN
        RAISE EXCEPTION 'project_weights' USING ERRCODE = 'EK214';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER weights_add_up AFTER INSERT OR UPDATE OR DELETE ON project_type_milestone DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION weights_add_up();

-- Saves a type with its milestones; projects that are open keep the milestones that they were opened with.
CREATE OR REPLACE FUNCTION save_project_type(given jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    made project_type := jsonb_populate_record(NULL::project_type, given);
BEGIN
    IF NOT administers() THEN
        RAISE EXCEPTION 'not_permitted' USING ERRCODE = 'insufficient_privilege';
    ELSIF coalesce(made.code !~ '^[a-z][a-z0-9_]{1,39}$', true) OR coalesce(btrim(made.name_ms), '') = '' OR coalesce(btrim(made.name_en), '') = ''
        OR made.need_code IS NOT NULL AND NOT EXISTS (SELECT FROM aid_need AS n WHERE n.code = made.need_code) THEN
        RAISE EXCEPTION 'project_incomplete' USING ERRCODE = 'EK203';
    END IF;
    INSERT INTO project_type AS t (code, name_ms, name_en, geometry, households, need_code, kind_code, checks, damage, documents,
        photos, shape, active)
    VALUES (made.code, btrim(made.name_ms), btrim(made.name_en), made.geometry, made.households, made.need_code,
        nullif(btrim(made.kind_code), ''), coalesce(made.checks, '{}'), made.damage, coalesce(made.documents, '{}'),
        coalesce(made.photos, '{}'), made.shape, coalesce(made.active, true))
    ON CONFLICT (code) DO UPDATE SET (name_ms, name_en, geometry, households, need_code, kind_code, checks, damage, documents,
        photos, shape, active) = ROW(EXCLUDED.name_ms, EXCLUDED.name_en, EXCLUDED.geometry, EXCLUDED.households, EXCLUDED.need_code,
        EXCLUDED.kind_code, EXCLUDED.checks, EXCLUDED.damage, EXCLUDED.documents, EXCLUDED.photos, EXCLUDED.shape, EXCLUDED.active);
    DELETE FROM project_type_milestone WHERE type_code = made.code;
    INSERT INTO project_type_milestone (type_code, position, name_ms, name_en, weight)
    SELECT made.code, m.n, btrim(m.value ->> 'name_ms'), btrim(m.value ->> 'name_en'), (m.value ->> 'weight')::numeric
    FROM jsonb_array_elements(coalesce(given -> 'milestones', '[]')) WITH ORDINALITY AS m (value, n);
    IF (SELECT sum(m.weight) FROM project_type_milestone AS m WHERE m.type_code = made.code) IS DISTINCT FROM 100 THEN
        RAISE EXCEPTION 'project_weights' USING ERRCODE = 'EK214';
    END IF;
    INSERT INTO audit_log (actor_id, actor, action, subject, after)
    VALUES (acting_user(), acting_login(), 'save_project_type', 'project_type', given);
EXCEPTION WHEN check_violation OR not_null_violation OR numeric_value_out_of_range THEN
    RAISE EXCEPTION 'project_incomplete' USING ERRCODE = 'EK203';
END
$$;

-- Puts a rate in force from a day; the one before ends the day before. It must begin after that one.
CREATE OR REPLACE FUNCTION add_project_rate(asked_type text, from_day date, most numeric, told text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF NOT administers() THEN
        RAISE EXCEPTION 'not_permitted' USING ERRCODE = 'insufficient_privilege';
    ELSIF from_day IS NULL OR coalesce(most, 0) <= 0 OR coalesce(btrim(told), '') = ''
        OR NOT EXISTS (SELECT FROM project_type AS t WHERE t.code = asked_type)
        OR EXISTS (SELECT FROM project_rate AS r WHERE r.type_code = asked_type AND r.from_date >= from_day) THEN
        RAISE EXCEPTION 'project_incomplete' USING ERRCODE = 'EK203';
    END IF;
    UPDATE project_rate SET until_date = from_day - 1
    WHERE type_code = asked_type AND from_date < from_day AND coalesce(until_date >= from_day, true);
    INSERT INTO project_rate (type_code, from_date, ceiling_rm, source, made_by)
    VALUES (asked_type, from_day, most, btrim(told), acting_login());
    INSERT INTO audit_log (actor_id, actor, action, subject, after)
    VALUES (acting_user(), acting_login(), 'add_project_rate', 'project_type',
            jsonb_build_object('type', asked_type, 'from', from_day, 'ceiling_rm', most));
END
$$;

-- Adds a contractor of the own agency, or changes what is known of one by its registration number; answers the id.
CREATE OR REPLACE FUNCTION save_contractor(given jsonb) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    made integer;
BEGIN
    IF NOT may('coordinate_projects') OR acting_agency() IS NULL THEN
        RAISE EXCEPTION 'not_permitted' USING ERRCODE = 'insufficient_privilege';
    ELSIF coalesce(btrim(given ->> 'name'), '') = '' OR coalesce(btrim(given ->> 'registration_no'), '') = '' THEN
        RAISE EXCEPTION 'project_incomplete' USING ERRCODE = 'EK203';
    END IF;
    INSERT INTO contractor (agency_id, name, registration_no, grade, contact, made_by)
    VALUES (acting_agency(), btrim(given ->> 'name'), upper(btrim(given ->> 'registration_no')), coalesce(btrim(given ->> 'grade'), ''),
        coalesce(btrim(given ->> 'contact'), ''), acting_login())
    ON CONFLICT (agency_id, registration_no) DO UPDATE SET (name, grade, contact) = ROW(EXCLUDED.name, EXCLUDED.grade, EXCLUDED.contact)
    RETURNING id INTO made;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, after)
    VALUES (acting_user(), acting_login(), 'save_contractor', 'contractor', made, given - 'contact');
    RETURN made;
END
$$;

REVOKE ALL ON FUNCTION weights_add_up(), save_project_type(jsonb), add_project_rate(text, date, numeric, text),
    save_contractor(jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION save_project_type(jsonb), add_project_rate(text, date, numeric, text), save_contractor(jsonb) TO app_web;
