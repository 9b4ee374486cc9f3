-- Projects: the steps that there are, who reads a project, and what it is made of as data. steps.sql judges each step.

INSERT INTO setting (key, value, least, most, step) VALUES
    ('projects.gap_late', '5', 0, 100, 1),
    ('projects.days_late', '14', 0, 365, 1),
    ('projects.gap_sick', '20', 1, 100, 1),
    ('projects.months_sick', '2', 1, 24, 1),
    ('projects.silent_days', '60', 7, 365, 1),
    ('projects.due_days', '14', 0, 180, 1),
    ('projects.advance_percent', '0', 0, 50, 1),
    ('projects.unit_capacity', '200', 1, 10000, 1),
    ('projects.defect_months', '12', 0, 60, 1)
ON CONFLICT (key) DO UPDATE SET least = EXCLUDED.least, most = EXCLUDED.most, step = EXCLUDED.step;

DELETE FROM project_transition;
INSERT INTO project_transition (action, from_state, to_state, permissions, needs_reason, not_by)
VALUES
    ('semak', 'dipohon', 'disemak', '{coordinate_projects}', false, '{mohon}'),
    ('sah_kos', 'disemak', 'disahkan_kos', '{confirm_costs}', false, '{}'),
    ('hantar', 'disahkan_kos', 'dihantar_kpkt', '{coordinate_projects}', false, '{}'),
    ('peraku', 'dihantar_kpkt', 'diperakukan', '{endorse_projects,coordinate_projects}', false, '{}'),
    ('tolak', 'dihantar_kpkt', 'ditolak', '{endorse_projects,coordinate_projects}', true, '{}'),
    ('mula', 'diperakukan', 'dalam_pelaksanaan', '{coordinate_projects}', false, '{}'),
    -- completion is told by one coordinator and confirmed by somebody else
    ('lapor_siap', 'dalam_pelaksanaan', 'dalam_pelaksanaan', '{coordinate_projects}', false, '{}'),
    ('siap', 'dalam_pelaksanaan', 'siap', '{coordinate_projects}', false, '{lapor_siap}'),
    ('lanjut', 'dalam_pelaksanaan', 'dalam_pelaksanaan', '{coordinate_projects}', true, '{}'),
    ('ubah_kerja', 'dalam_pelaksanaan', 'dalam_pelaksanaan', '{coordinate_projects}', true, '{}'),
    ('komit_semula', 'dalam_pelaksanaan', 'dalam_pelaksanaan', '{coordinate_projects}', false, '{}'),
    ('sah_sakit', 'dalam_pelaksanaan', 'dalam_pelaksanaan', '{coordinate_projects}', false, '{}'),
    ('tolak_sakit', 'dalam_pelaksanaan', 'dalam_pelaksanaan', '{coordinate_projects}', true, '{}'),
    ('gantung', 'dalam_pelaksanaan', 'digantung', '{coordinate_projects}', true, '{}'),
    ('sambung', 'digantung', 'dalam_pelaksanaan', '{coordinate_projects}', true, '{}'),
    -- where a house was built before: leave after a disaster
    ('izin', 'dipohon', 'dipohon', '{override_double_aid}', true, '{mohon,semak}'),
    ('izin', 'disemak', 'disemak', '{override_double_aid}', true, '{mohon,semak}'),
    ('izin', 'disahkan_kos', 'disahkan_kos', '{override_double_aid}', true, '{mohon,semak}'),
    ('izin', 'dihantar_kpkt', 'dihantar_kpkt', '{override_double_aid}', true, '{mohon,semak}'),
    -- back by one state, and off: by who takes the step that is undone
    ('kembali', 'disemak', 'dipohon', '{coordinate_projects}', true, '{}'),
    ('kembali', 'disahkan_kos', 'disemak', '{confirm_costs}', true, '{}'),
    ('kembali', 'dihantar_kpkt', 'disahkan_kos', '{coordinate_projects}', true, '{}'),
    ('kembali', 'diperakukan', 'dihantar_kpkt', '{endorse_projects,coordinate_projects}', true, '{}'),
    ('kembali', 'dalam_pelaksanaan', 'diperakukan', '{coordinate_projects}', true, '{}'),
    ('batal', 'dipohon', 'dibatalkan', '{open_projects}', true, '{}'),
    ('batal', 'disemak', 'dibatalkan', '{coordinate_projects}', true, '{}'),
    ('batal', 'disahkan_kos', 'dibatalkan', '{confirm_costs}', true, '{}'),
    ('batal', 'dihantar_kpkt', 'dibatalkan', '{coordinate_projects}', true, '{}'),
    ('batal', 'diperakukan', 'dibatalkan', '{endorse_projects,coordinate_projects}', true, '{}'),
    ('batal', 'dalam_pelaksanaan', 'dibatalkan', '{coordinate_projects}', true, '{}'),
    ('batal', 'digantung', 'dibatalkan', '{coordinate_projects}', true, '{}');

-- Whether who is acting is of the office that a project belongs to; somebody of the whole agency is of each of its offices.
CREATE OR REPLACE FUNCTION of_project_office(asked_agency integer, asked_office text) RETURNS boolean
LANGUAGE sql STABLE
AS $$
    SELECT coalesce(asked_agency = ekasih.acting_agency(), false) AND coalesce(asked_office = ekasih.acting_office(), true)
$$;

-- Whether who is acting reads a project: of the own office, or of the own territory for who belongs to no agency.
CREATE OR REPLACE FUNCTION reads_project(asked project) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT may('read_projects') AND sees_persons()
        AND CASE WHEN acting_agency() IS NOT NULL THEN of_project_office(asked.agency_id, asked.office_code)
                 ELSE in_territory(asked.district_code) END
$$;

CREATE POLICY read_own_office ON project FOR SELECT TO app_web
USING ((SELECT may('read_projects') AND sees_persons()) AND agency_id = (SELECT acting_agency())
       AND coalesce(office_code = (SELECT acting_office()), true));
CREATE POLICY read_own_area ON project FOR SELECT TO app_web
USING ((SELECT may('read_projects') AND sees_persons() AND acting_agency() IS NULL)
       AND ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[])));
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['project_household', 'project_person', 'project_milestone', 'project_plan', 'project_report',
                                'project_photo', 'project_defect', 'project_step']
    LOOP
        EXECUTE format($policy$
            CREATE POLICY read_with_project ON %1$I FOR SELECT TO app_web
            USING (EXISTS (SELECT FROM project AS p WHERE p.id = %1$I.project_id))
        $policy$, name);
        EXECUTE format('GRANT SELECT ON %I TO app_web', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['project_transition', 'project_type', 'project_type_milestone', 'project_rate']
    LOOP
        EXECUTE format('CREATE POLICY read_signed_in ON %I FOR SELECT TO app_web USING ((SELECT signed_in()))', name);
        EXECUTE format('GRANT SELECT ON %I TO app_web', name);
    END LOOP;
END
$$;
CREATE POLICY read_own_agency ON contractor FOR SELECT TO app_web
USING ((SELECT may('read_projects')) AND agency_id = (SELECT acting_agency()));
CREATE POLICY read_with_project ON contractor FOR SELECT TO app_web
USING ((SELECT may('read_projects') AND acting_agency() IS NULL)
       AND ((SELECT of_no_agency() AND nationwide()) OR EXISTS (SELECT FROM project AS p WHERE p.contractor_id = contractor.id)));
GRANT SELECT ON project, contractor TO app_web;

-- The most that a project of a type may cost on a day; none where no rate is in force.
CREATE OR REPLACE FUNCTION project_ceiling(asked_type text, day date) RETURNS numeric
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT r.ceiling_rm FROM project_rate AS r
    WHERE r.type_code = asked_type AND r.from_date IS NOT NULL AND daterange(r.from_date, r.until_date, '[]') @> day
$$;

-- A(t): how much of the work was done by a day, percent, as the last accepted report tells. poverty/projects.py works out the
-- rest from it; payments are judged by this.
CREATE OR REPLACE FUNCTION project_done(asked_project bigint, day date) RETURNS numeric
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT coalesce((
        SELECT sum(m.weight * r.shares[m.position]) / 100
        FROM (SELECT shares FROM project_report
              WHERE project_id = asked_project AND state = 'diterima' AND project_report.day <= project_done.day
              ORDER BY project_report.day DESC, id DESC LIMIT 1) AS r
        CROSS JOIN project_milestone AS m
        WHERE m.project_id = asked_project), 0)
$$;

-- The households of a project as who reads it may know them: who they are, and how far the project's place lies from theirs.
CREATE OR REPLACE FUNCTION project_households(asked_number text)
RETURNS TABLE (household_id bigint, file_no text, head_name text, status text, per_capita_rm numeric, apart_m integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT CASE WHEN in_reach(h.district_code, h.catchment_codes) THEN h.id END, h.file_no, h.head_name, h.status,
        h.per_capita_rm, round(ST_Distance(p.place::geography, h.geom::geography))::integer
    FROM project AS p
    JOIN project_household AS l ON l.project_id = p.id
    JOIN household AS h ON h.id = l.household_id
    WHERE p.number = asked_number AND reads_project(p)
    ORDER BY h.file_no
$$;

-- Whether a project's place lies in a catchment of its office; nothing where the office has none, or the project no place.
CREATE OR REPLACE FUNCTION project_inside(asked project) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT (SELECT a.catchment_codes && catchments_of(o) FROM areas_at(ST_PointOnSurface(asked.place)) AS a)
    FROM office AS o
    WHERE o.code = asked.office_code AND cardinality(catchments_of(o)) > 0 AND asked.place IS NOT NULL
$$;

-- The odd list of who is acting: the place lies outside the catchment, or over 100 m from the household's.
CREATE OR REPLACE FUNCTION odd_projects(most integer) RETURNS TABLE (number text, title text, inside boolean, apart_m integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT f.number, f.title, f.inside, f.apart_m
    FROM (
        SELECT p.id, p.number, p.title, project_inside(p) AS inside, (
            SELECT max(round(ST_Distance(p.place::geography, h.geom::geography))::integer)
            FROM project_household AS l JOIN household AS h ON h.id = l.household_id
            WHERE l.project_id = p.id AND ST_GeometryType(p.place) = 'ST_Point') AS apart_m
        FROM project AS p
        WHERE p.place IS NOT NULL AND p.state NOT IN ('ditolak', 'dibatalkan') AND reads_project(p)) AS f
    WHERE NOT f.inside OR f.apart_m > 100
    ORDER BY f.id DESC LIMIT most
$$;

-- The projects of a household, for who sees the household: what, how far, since when; the office's number for its own.
CREATE OR REPLACE FUNCTION projects_of_household(asked_household bigint)
RETURNS TABLE (number text, type_ms text, type_en text, office_ms text, office_en text, state text, state_since date, readable boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT p.number, t.name_ms, t.name_en, CASE WHEN NOT place_hidden(asked_household) THEN o.name_ms END,
        CASE WHEN NOT place_hidden(asked_household) THEN o.name_en END, p.state, p.state_since, reads_project(p)
    FROM project_household AS l
    JOIN project AS p ON p.id = l.project_id
    JOIN project_type AS t ON t.code = p.type_code
    JOIN office AS o ON o.code = p.office_code
    WHERE l.household_id = asked_household AND EXISTS (
        SELECT FROM household AS h
        WHERE h.id = asked_household AND sees_persons() AND in_reach(h.district_code, h.catchment_codes))
    ORDER BY p.id DESC
$$;

-- Where two records become one, a project that is for both stops it.
CREATE OR REPLACE FUNCTION keep_project_household() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM project_household AS l
               WHERE l.project_id = NEW.project_id AND l.household_id = NEW.household_id AND l.id <> NEW.id) THEN
        RAISE EXCEPTION 'merge_blocked' USING ERRCODE = 'EK040', DETAIL = 'one project is for both';
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER household_kept BEFORE UPDATE OF household_id ON project_household
FOR EACH ROW EXECUTE FUNCTION keep_project_household();

-- The houses that became finished, by month and by the area of every level but the catchments, and by office. A house is what
-- meets a need that is met once in a life.
CREATE OR REPLACE VIEW houses_completed AS
SELECT date_trunc('month', p.finished_on)::date AS month, p.district_code, p.office_code, t.code AS type_code, count(*) AS houses,
    count(*) FILTER (WHERE p.finished_on <= (
        SELECT max(e) FROM project_plan AS v CROSS JOIN LATERAL unnest(v.ends) AS e
        WHERE v.project_id = p.id AND v.version = (SELECT max(n.version) FROM project_plan AS n WHERE n.project_id = p.id)))
        AS on_time
FROM project AS p
JOIN project_type AS t ON t.code = p.type_code
JOIN aid_need AS n ON n.code = t.need_code AND n.once
WHERE p.state = 'siap'
GROUP BY 1, 2, 3, 4;

REVOKE ALL ON FUNCTION reads_project(project), project_done(bigint, date), keep_project_household() FROM PUBLIC;
REVOKE ALL ON FUNCTION project_households(text), projects_of_household(bigint), odd_projects(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reads_project(project), project_done(bigint, date), project_households(text),
    projects_of_household(bigint), odd_projects(integer) TO app_web;
