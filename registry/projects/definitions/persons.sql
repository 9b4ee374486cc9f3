-- Somebody whom a project is for and who is not in the register: named with their place on the minutes of the focus group, and joined
-- to their record once there is one. Until then the need cannot be claimed, so that the project is not agreed to.

-- Judges the person that a project is asked for in the place of a household; nothing where none was named.
CREATE OR REPLACE FUNCTION judge_project_person(asked_type project_type, homes bigint[], person jsonb, minutes text, at_place geometry)
RETURNS void
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF cardinality(homes) > 0 OR asked_type.households NOT IN ('satu', 'mana') THEN
        RAISE EXCEPTION 'project_household' USING ERRCODE = 'EK216';
    ELSIF coalesce(btrim(person ->> 'name'), '') = '' OR coalesce(btrim(person ->> 'address'), '') = '' THEN
        RAISE EXCEPTION 'project_incomplete' USING ERRCODE = 'EK203';
    ELSIF coalesce(btrim(minutes), '') = '' THEN
        RAISE EXCEPTION 'project_minutes_missing' USING ERRCODE = 'EK260';
    ELSIF at_place IS NULL THEN
        -- there is no record whose place could be taken
        RAISE EXCEPTION 'project_place' USING ERRCODE = 'EK204';
    END IF;
END
$$;

-- What a type asks of somebody without a record: the minutes stand for the status, the place is known, the rest is not.
CREATE OR REPLACE FUNCTION project_person_checks(asked_type project_type, at_place geometry, catchments text[]) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('check', k.name, 'own', NULL, 'holds', CASE k.name
        WHEN 'status' THEN true
        WHEN 'kawasan' THEN cardinality(catchments) = 0 OR coalesce((
            SELECT a.catchment_codes && catchments FROM areas_at(ST_PointOnSurface(at_place)) AS a), false) END)
        ORDER BY k.place), '[]')
    FROM unnest(asked_type.checks) WITH ORDINALITY AS k (name, place)
$$;

-- Whether a project is for somebody who has no record yet.
CREATE OR REPLACE FUNCTION project_unregistered(asked_project bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$ SELECT EXISTS (SELECT FROM project_person AS n WHERE n.project_id = asked_project AND n.joined_at IS NULL) $$;

-- Joins a project to the record of who it is for; what is asked of a household is judged anew. Answers the project's version.
CREATE OR REPLACE FUNCTION join_project(asked_number text, seen integer, asked_file text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    moved project := held_project(asked_number, seen, ARRAY['open_projects', 'coordinate_projects']);
    home household;
BEGIN
    IF moved.id IS NULL THEN
        RETURN NULL;
    ELSIF NOT project_unregistered(moved.id) OR moved.state IN ('ditolak', 'dibatalkan') THEN
        RAISE EXCEPTION 'project_step_illegal' USING ERRCODE = 'EK201', DETAIL = moved.state;
    END IF;
    SELECT h.* INTO home FROM household AS h
    WHERE h.file_no = btrim(asked_file) AND h.exited_on IS NULL AND in_reach(h.district_code, h.catchment_codes);
    IF home.id IS NULL THEN
        RAISE EXCEPTION 'project_household' USING ERRCODE = 'EK216';
    END IF;
    INSERT INTO project_household (project_id, household_id) VALUES (moved.id, home.id);
    UPDATE project_person SET joined_by = acting_login(), joined_at = now() WHERE project_id = moved.id;
    UPDATE project SET version = version + 1, checks = project_checks(t, home.id, catchments_of(o), moved.minutes_no)
    FROM project_type AS t, office AS o
    WHERE project.id = moved.id AND t.code = moved.type_code AND o.code = moved.office_code;
    PERFORM audit_project(moved, 'join_project', jsonb_build_object('household', home.id));
    RETURN moved.version + 1;
END
$$;

REVOKE ALL ON FUNCTION judge_project_person(project_type, bigint[], jsonb, text, geometry),
    project_person_checks(project_type, geometry, text[]), project_unregistered(bigint), join_project(text, integer, text)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION join_project(text, integer, text) TO app_web;
