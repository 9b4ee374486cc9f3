-- A visit to the site of a project: a report that a device kept until it had a connection, from where it was.

-- The report that a project stood at last, for who reads the project: a visit is based on it.
CREATE OR REPLACE FUNCTION last_project_report(asked_project bigint) RETURNS bigint
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT r.id FROM project_report AS r WHERE r.project_id = asked_project AND r.state <> 'ditolak'
    ORDER BY r.day DESC, r.id DESC LIMIT 1
$$;

-- Reports a visit once, however often the device sends it; one that is based on another step, plan, place or report is stale.
CREATE OR REPLACE FUNCTION visit_project(asked_number text, key uuid, seen_version integer, seen_report bigint, told jsonb)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    moved project := held_project(asked_number, (SELECT p.version FROM project AS p WHERE p.number = asked_number),
                                  ARRAY['open_projects', 'coordinate_projects']);
    sent project_report;
    made bigint;
BEGIN
    IF moved.id IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT r.* INTO sent FROM project_report AS r WHERE r.client_key = key;
    IF sent.id IS NOT NULL AND sent.project_id = moved.id AND sent.made_by = acting_user() THEN
        RETURN sent.id;
    ELSIF sent.id IS NOT NULL THEN
        RAISE EXCEPTION 'project_step_not_permitted' USING ERRCODE = 'EK200';
    ELSIF moved.version <> seen_version OR last_project_report(moved.id) IS DISTINCT FROM seen_report THEN
        RAISE EXCEPTION 'stale' USING ERRCODE = 'EK019';
    END IF;
    made := report_project(asked_number, (told ->> 'day')::date,
        ARRAY(SELECT value::numeric FROM jsonb_array_elements_text(told -> 'shares')), told ->> 'note', told ->> 'reason');
    UPDATE project_report SET client_key = key, visited_at = (told ->> 'visited_at')::timestamptz,
        longitude = (told ->> 'longitude')::numeric, latitude = (told ->> 'latitude')::numeric,
        accuracy_m = (told ->> 'accuracy_m')::integer, point_source = told ->> 'point_source'
    WHERE id = made;
    RETURN made;
END
$$;

REVOKE ALL ON FUNCTION last_project_report(bigint), visit_project(text, uuid, integer, bigint, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION last_project_report(bigint), visit_project(text, uuid, integer, bigint, jsonb) TO app_web;
