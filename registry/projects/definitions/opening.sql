-- Opening a project: who it is for, where it is, and what is asked of its household; each "why not" is kept, none bars it.

-- The place that was given, a point or a polygon, as a type asks for it; refused where it is none, or lies elsewhere.
CREATE OR REPLACE FUNCTION project_place_of(given jsonb, asked_geometry text) RETURNS geometry
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    made geometry;
BEGIN
    IF given ->> 'polygon' IS NOT NULL THEN
        made := ST_SetSRID(ST_GeomFromGeoJSON(given ->> 'polygon'), 4326);
    ELSIF given ->> 'longitude' IS NOT NULL AND given ->> 'latitude' IS NOT NULL THEN
        made := ST_SetSRID(ST_MakePoint((given ->> 'longitude')::float8, (given ->> 'latitude')::float8), 4326);
    END IF;
    IF made IS NULL THEN
        RETURN NULL;
    END IF;
    IF NOT ST_IsValid(made) OR NOT ST_Within(made, ST_MakeEnvelope(95, -3, 125, 12, 4326))
        OR NOT (ST_GeometryType(made) = 'ST_Point' AND asked_geometry IN ('titik', 'mana')
                OR ST_GeometryType(made) = 'ST_Polygon' AND asked_geometry IN ('poligon', 'mana'))
        OR coalesce(given ->> 'method' NOT IN ('peta', 'ditaip', 'gps', 'rekod'), true)
        OR coalesce((given ->> 'accuracy_m')::numeric < 0, false) THEN
        RAISE EXCEPTION 'project_place' USING ERRCODE = 'EK204';
    END IF;
    RETURN made;
EXCEPTION WHEN internal_error OR invalid_text_representation OR data_exception THEN
    RAISE EXCEPTION 'project_place' USING ERRCODE = 'EK204';
END
$$;

-- What a type asks of a household, whether it holds today, and the household's own value. Who is not in the register by a
-- status has the number of the focus group's minutes instead.
CREATE OR REPLACE FUNCTION project_checks(asked_type project_type, asked_household bigint, catchments text[], minutes text)
RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('check', c.name, 'holds', c.holds, 'own', c.own) ORDER BY c.place), '[]')
    FROM household AS h
    CROSS JOIN LATERAL (
        SELECT k.name, k.place, CASE k.name
            WHEN 'status' THEN h.exited_on IS NULL AND h.status IS NOT NULL OR btrim(minutes) <> ''
            WHEN 'kawasan' THEN h.catchment_codes && catchments OR cardinality(catchments) = 0
            WHEN 'bertanah' THEN coalesce(h.dwelling_type IN ('Sebuah', 'Berkembar', 'Teres'), false)
            WHEN 'bukan_setinggan' THEN coalesce(h.tenure <> 'Setinggan', false)
            WHEN 'bukan_sewa' THEN coalesce(h.tenure <> 'Sewa', false)
            WHEN 'keperluan_bebas' THEN NOT EXISTS (
                SELECT FROM claims_in_the_way(h.id, asked_type.need_code, '', daterange(current_date, NULL)))
            END AS holds, CASE k.name
            WHEN 'status' THEN CASE WHEN h.exited_on IS NULL THEN h.status ELSE 'keluar' END
            WHEN 'bertanah' THEN h.dwelling_type
            WHEN 'bukan_setinggan' THEN h.tenure WHEN 'bukan_sewa' THEN h.tenure
            WHEN 'keperluan_bebas' THEN (
                SELECT min(lower(w.period))::text
                FROM claims_in_the_way(h.id, asked_type.need_code, '', daterange(current_date, NULL)) AS w)
            END AS own
        FROM unnest(asked_type.checks) WITH ORDINALITY AS k (name, place)) AS c
    WHERE h.id = asked_household
$$;

-- The office that who is acting opens a project of: the own one, or one of the own agency.
CREATE OR REPLACE FUNCTION project_office(asked text) RETURNS office
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT o FROM office AS o
    WHERE o.agency_id = acting_agency() AND o.code = coalesce(acting_office(), asked)
        AND daterange(o.valid_from, o.valid_until, '[]') @> current_date
$$;

-- The kind of aid that a project's claim is made as: that of its type in the programme that pays for it.
CREATE OR REPLACE FUNCTION project_kind(asked_type project_type, asked_programme text) RETURNS integer
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT k.id FROM aid_kind AS k JOIN aid_programme AS p ON p.id = k.programme_id
    WHERE p.code = asked_programme AND k.need_code = asked_type.need_code
        AND k.code = coalesce(asked_type.kind_code, k.code)
    ORDER BY k.id LIMIT 1
$$;

-- The households that a project is asked for, as many as its type is for and all within reach; refused otherwise. Of a point
-- whose place is not given, that of its one household's record is taken.
CREATE OR REPLACE FUNCTION judge_project_households(asked_type project_type, homes bigint[]) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF (SELECT count(*) FROM household AS h WHERE h.id = ANY (homes) AND in_reach(h.district_code, h.catchment_codes))
        <> cardinality(homes)
        OR asked_type.households = 'satu' AND cardinality(homes) <> 1 OR asked_type.households = 'banyak' AND cardinality(homes) = 0
        OR asked_type.households = 'tiada' AND cardinality(homes) > 0 THEN
        RAISE EXCEPTION 'project_household' USING ERRCODE = 'EK216';
    END IF;
END
$$;

-- Opens a project of the own office; answers its number. ``asked`` holds type, programme, households, title, estimate_rm,
-- documents, minutes_no, application_no, the place: longitude and latitude or polygon, method, accuracy_m; and person,
-- name and address of who is not in the register.
CREATE OR REPLACE FUNCTION open_project(asked jsonb) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    of_type project_type;
    at_office office := project_office(asked ->> 'office');
    homes bigint[] := ARRAY(SELECT DISTINCT value::bigint FROM jsonb_array_elements_text(coalesce(asked -> 'households', '[]')));
    estimate numeric := (asked ->> 'estimate_rm')::numeric;
    made project;
BEGIN
    IF NOT may('open_projects') OR NOT sees_persons() OR acting_user() IS NULL OR at_office.code IS NULL THEN
        RAISE EXCEPTION 'not_permitted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO of_type FROM project_type AS t WHERE t.code = asked ->> 'type' AND t.active;
    IF of_type.code IS NULL OR coalesce(estimate, 0) <= 0 OR btrim(coalesce(asked ->> 'title', '')) = ''
        OR NOT EXISTS (SELECT FROM aid_programme AS p
                       WHERE p.code = asked ->> 'programme' AND p.agency_id = at_office.agency_id AND p.has_ledger) THEN
        RAISE EXCEPTION 'project_incomplete' USING ERRCODE = 'EK203';
    END IF;
    IF asked -> 'person' IS NULL THEN
        PERFORM judge_project_households(of_type, homes);
    END IF;
    made.place := project_place_of(asked, of_type.geometry);
    IF asked -> 'person' IS NOT NULL THEN
        PERFORM judge_project_person(of_type, homes, asked -> 'person', asked ->> 'minutes_no', made.place);
    END IF;
    made.kind_id := project_kind(of_type, asked ->> 'programme');
    IF made.place IS NOT NULL THEN
        made.place_method := asked ->> 'method';
    ELSIF cardinality(homes) = 1 AND of_type.geometry <> 'poligon' THEN
        SELECT h.geom, 'rekod', h.geom_accuracy_m INTO made.place, made.place_method, made.place_accuracy_m
        FROM household AS h WHERE h.id = homes[1];
    END IF;
    made.district_code := coalesce((SELECT h.district_code FROM household AS h WHERE h.id = homes[1]),
        (SELECT a.district_code FROM areas_at(ST_PointOnSurface(made.place)) AS a),
        (SELECT d.code FROM unnest(territory_districts(at_office.territory)) AS d (code) LIMIT 1),
        -- what is not placed yet is where the middle of the office's catchment is
        (SELECT a.district_code FROM boundary_set AS b JOIN area_boundary AS c ON c.set_id = b.id
         CROSS JOIN LATERAL areas_at(ST_PointOnSurface(c.geom)) AS a
         WHERE b.active AND c.area_code = ANY (catchments_of(at_office)) LIMIT 1));
    IF made.district_code IS NULL THEN
        RAISE EXCEPTION 'project_place' USING ERRCODE = 'EK204';
    END IF;
    INSERT INTO project (type_code, agency_id, office_code, programme_code, kind_id, title, district_code, place, place_method,
        place_accuracy_m, placed_by, placed_at, application_no, minutes_no, checks, documents, estimate_rm, opened_by)
    VALUES (of_type.code, at_office.agency_id, at_office.code, asked ->> 'programme', made.kind_id, btrim(asked ->> 'title'),
        made.district_code, made.place, made.place_method,
        coalesce(made.place_accuracy_m, (asked ->> 'accuracy_m')::numeric::integer), CASE WHEN made.place IS NOT NULL THEN acting_login() END,
        CASE WHEN made.place IS NOT NULL THEN now() END, project_application(asked ->> 'application_no', at_office.agency_id, homes),
        coalesce(btrim(asked ->> 'minutes_no'), ''), coalesce((
            SELECT project_person_checks(of_type, made.place, catchments_of(at_office)) WHERE asked -> 'person' IS NOT NULL), (
            SELECT project_checks(of_type, homes[1], catchments_of(at_office), coalesce(asked ->> 'minutes_no', ''))
            WHERE cardinality(homes) = 1), '[]'),
        ARRAY(SELECT value FROM jsonb_array_elements_text(coalesce(asked -> 'documents', '[]'))
              WHERE value = ANY (of_type.documents)), estimate, acting_user())
    RETURNING * INTO made;
    INSERT INTO project_household (project_id, household_id) SELECT made.id, h FROM unnest(homes) AS h;
    INSERT INTO project_person (project_id, name, address)
    SELECT made.id, btrim(asked -> 'person' ->> 'name'), btrim(asked -> 'person' ->> 'address') WHERE asked -> 'person' IS NOT NULL;
    INSERT INTO project_milestone (project_id, position, name_ms, name_en, weight)
    SELECT made.id, m.position, m.name_ms, m.name_en, m.weight FROM project_type_milestone AS m WHERE m.type_code = of_type.code;
    PERFORM keep_project_step(made, 'mohon', '', made.state, NULL, '{}');
    RETURN made.number;
END
$$;

-- The number of the application that a project comes from: one that was routed to the agency, for the same household.
CREATE OR REPLACE FUNCTION project_application(asked text, asked_agency integer, homes bigint[]) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF nullif(btrim(asked), '') IS NULL THEN
        RETURN NULL;
    ELSIF NOT EXISTS (SELECT FROM aid_application AS a WHERE a.number = btrim(asked) AND a.agency_id = asked_agency
                      AND a.household_id = ANY (homes) AND a.state <> 'draf') THEN
        RAISE EXCEPTION 'project_incomplete' USING ERRCODE = 'EK203';
    END IF;
    RETURN btrim(asked);
END
$$;

-- The catchments that an office works in; none where it works by districts.
CREATE OR REPLACE FUNCTION catchments_of(asked office) RETURNS text[]
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT ARRAY(SELECT a.code FROM area AS a WHERE a.level = 'catchment' AND a.code = ANY (asked.territory) ORDER BY a.code)
$$;

-- Puts a project on the map, or elsewhere on it, while it is not over; who and when is kept.
CREATE OR REPLACE FUNCTION place_project(asked_number text, seen integer, given jsonb) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    moved project := held_project(asked_number, seen, ARRAY['open_projects', 'coordinate_projects']);
    at_place geometry;
BEGIN
    IF moved.id IS NULL THEN
        RETURN NULL;
    END IF;
    at_place := project_place_of(given, (SELECT t.geometry FROM project_type AS t WHERE t.code = moved.type_code));
    IF at_place IS NULL THEN
        RAISE EXCEPTION 'project_place' USING ERRCODE = 'EK204';
    ELSIF moved.state IN ('siap', 'ditolak', 'dibatalkan') THEN
        RAISE EXCEPTION 'project_step_illegal' USING ERRCODE = 'EK201';
    END IF;
    UPDATE project SET place = at_place, place_method = given ->> 'method', place_accuracy_m = (given ->> 'accuracy_m')::numeric::integer,
        placed_by = acting_login(), placed_at = now(), version = version + 1
    WHERE id = moved.id;
    PERFORM audit_project(moved, 'place_project', jsonb_build_object('method', given ->> 'method'));
    RETURN moved.version + 1;
END
$$;

REVOKE ALL ON FUNCTION project_place_of(jsonb, text), project_checks(project_type, bigint, text[], text), project_office(text),
    project_kind(project_type, text), judge_project_households(project_type, bigint[]), open_project(jsonb),
    project_application(text, integer, bigint[]), catchments_of(office), place_project(text, integer, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION open_project(jsonb), place_project(text, integer, jsonb) TO app_web;
