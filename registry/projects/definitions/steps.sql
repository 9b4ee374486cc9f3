-- The machine of projects: a step is the only way from one state to the next. What is refused, in what order, and what follows
-- stand here; each refusal has a SQLSTATE of its own, which registry/project_refusals.py puts into words.

-- Writes down what was done to a project.
CREATE OR REPLACE FUNCTION audit_project(moved project, done text, facts jsonb) RETURNS void
LANGUAGE sql SET search_path = ekasih, public, pg_temp
AS $$
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, district_code, after)
    VALUES (acting_user(), acting_login(), done, 'project', moved.id, moved.district_code, jsonb_strip_nulls(facts))
$$;

-- Keeps a step that was taken, and writes it down.
CREATE OR REPLACE FUNCTION keep_project_step(moved project, done text, was text, becomes text, why text, more jsonb) RETURNS void
LANGUAGE sql SET search_path = ekasih, public, pg_temp
AS $$
    INSERT INTO project_step (project_id, action, from_state, to_state, actor_id, actor, agency_id, reason, detail)
    VALUES (moved.id, done, was, becomes, acting_user(), acting_login(), acting_agency(), why, more);
    SELECT audit_project(moved, CASE done WHEN 'mohon' THEN 'open_project' ELSE 'move_project' END,
                         jsonb_build_object('step', done, 'state', becomes, 'type', moved.type_code))
$$;

-- A project that who is acting reads, held, as it was seen; nothing where there is none. Refused where none of some permissions
-- is theirs in its office.
CREATE OR REPLACE FUNCTION held_project(asked_number text, seen integer, permissions text[]) RETURNS project
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    found project;
BEGIN
    SELECT p.* INTO found FROM project AS p WHERE p.number = asked_number FOR UPDATE;
    IF acting_user() IS NULL OR found.id IS NULL OR NOT reads_project(found) THEN
        RETURN NULL;
    ELSIF found.version <> seen THEN
        RAISE EXCEPTION 'stale' USING ERRCODE = 'EK019';
    ELSIF NOT EXISTS (SELECT FROM unnest(permissions) AS asked WHERE may_for_project(found, asked)) THEN
        RAISE EXCEPTION 'project_step_not_permitted' USING ERRCODE = 'EK200';
    END IF;
    RETURN found;
END
$$;

-- Whether who is acting does for a project what a permission is for: those of the office for its own, the state's unit in its
-- territory, the ministry in the country.
CREATE OR REPLACE FUNCTION may_for_project(moved project, permission text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT may(permission) AND CASE
        WHEN permission IN ('open_projects', 'coordinate_projects') THEN of_project_office(moved.agency_id, moved.office_code)
        WHEN permission = 'endorse_projects' THEN of_no_agency() AND nationwide()
        ELSE of_no_agency() AND in_territory(moved.district_code) END
$$;

CREATE OR REPLACE FUNCTION may_step_project(moved project, allowed project_transition) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$ SELECT EXISTS (SELECT FROM unnest(allowed.permissions) AS p WHERE may_for_project(moved, p)) $$;

-- Whether who is acting took an earlier step that keeps them from this one.
CREATE OR REPLACE FUNCTION acted_on_project(asked_project bigint, allowed project_transition) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM project_step AS s WHERE s.project_id = asked_project AND s.actor_id = acting_user()
                   AND s.action = ANY (allowed.not_by))
$$;

-- Takes a step of a project for who is acting; answers the state that it came into, nothing where they read none of this number.
CREATE OR REPLACE FUNCTION step_project(asked_number text, seen integer, asked_action text, why text, more jsonb) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    was project;
    moved project;
    allowed project_transition;
    reason text := nullif(btrim(why), '');
BEGIN
    SELECT p.* INTO was FROM project AS p WHERE p.number = asked_number FOR UPDATE;
    IF acting_user() IS NULL OR was.id IS NULL OR NOT reads_project(was) THEN
        RETURN NULL;
    END IF;
    -- 1. nobody has moved it since it was looked at, and there is such a step from this state
    SELECT * INTO allowed FROM project_transition WHERE action = asked_action AND from_state = was.state;
    IF was.version <> seen THEN
        RAISE EXCEPTION 'stale' USING ERRCODE = 'EK019';
    ELSIF allowed.action IS NULL THEN
        RAISE EXCEPTION 'project_step_illegal' USING ERRCODE = 'EK201', DETAIL = was.state;
    -- 2. who acts may take it, and 3. is another person
    ELSIF NOT may_step_project(was, allowed) THEN
        RAISE EXCEPTION 'project_step_not_permitted' USING ERRCODE = 'EK200';
    ELSIF acted_on_project(was.id, allowed) THEN
        RAISE EXCEPTION 'project_same_person' USING ERRCODE = 'EK202';
    -- 4. its reason is given
    ELSIF allowed.needs_reason AND reason IS NULL THEN
        RAISE EXCEPTION 'reason_missing' USING ERRCODE = 'EK003';
    END IF;
    -- 5. what the step itself asks for; money and the need follow in the same transaction, or nothing happens
    moved := judged_project(was, asked_action, reason, coalesce(more, '{}'));
    UPDATE project SET (cost_rm, committed_rm, commit_year, contractor_id, sum_rm, list_no, list_day, override_id, completion,
        sick, sick_on, finished_on) = ROW(moved.cost_rm, moved.committed_rm, moved.commit_year, moved.contractor_id, moved.sum_rm,
        moved.list_no, moved.list_day, moved.override_id, moved.completion, moved.sick, moved.sick_on, moved.finished_on),
        state = allowed.to_state, version = version + 1,
        state_since = CASE WHEN allowed.to_state = was.state THEN was.state_since ELSE current_date END
    WHERE id = was.id;
    PERFORM keep_project_step(was, asked_action, was.state, allowed.to_state, reason, coalesce(more, '{}'));
    RETURN allowed.to_state;
END
$$;

-- The project as a step would leave it, beside its state; refuses what the step itself does not bear.
CREATE OR REPLACE FUNCTION judged_project(moved project, step text, reason text, more jsonb) RETURNS project
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    CASE
        WHEN step = 'semak' THEN PERFORM judge_project_visit(moved, reason, more);
        WHEN step = 'sah_kos' THEN moved := with_cost(moved, more);
        WHEN step = 'hantar' THEN
            moved.list_no := nullif(btrim(more ->> 'list_no'), '');
            moved.list_day := (more ->> 'list_day')::date;
            IF moved.list_no IS NULL OR coalesce(moved.list_day > current_date, true) THEN
                RAISE EXCEPTION 'project_incomplete' USING ERRCODE = 'EK203';
            END IF;
        -- the need of who has no record can be neither claimed nor left to be met twice
        WHEN step IN ('peraku', 'izin') AND project_unregistered(moved.id) THEN
            RAISE EXCEPTION 'project_person_unregistered' USING ERRCODE = 'EK259';
        WHEN step IN ('peraku', 'tolak') THEN
            PERFORM judge_agreement(moved, more);
            IF step = 'peraku' THEN
                moved := agreed_project(moved);
            END IF;
        WHEN step = 'mula' THEN moved := begun_project(moved, more);
        WHEN step = 'lapor_siap' THEN
            PERFORM judge_completion(moved, more);
            moved.completion := more;
        WHEN step = 'siap' THEN
            IF moved.completion IS NULL THEN
                RAISE EXCEPTION 'project_incomplete' USING ERRCODE = 'EK203';
            END IF;
            PERFORM judge_completion(moved, moved.completion);
            moved.finished_on := current_date;
            PERFORM release_project(moved);
        WHEN step = 'izin' THEN moved.override_id := make_aid_override(
            jsonb_build_object('reason', 'bencana', 'words', reason, 'evidence_no', coalesce(more ->> 'evidence', '')),
            (SELECT l.household_id FROM project_household AS l WHERE l.project_id = moved.id ORDER BY l.id LIMIT 1),
            (SELECT t.need_code FROM project_type AS t WHERE t.code = moved.type_code), current_date);
        WHEN step = 'lanjut' THEN PERFORM extend_project(moved, reason, more);
        WHEN step IN ('ubah_kerja', 'komit_semula') THEN moved := varied_project(moved, step, more);
        WHEN step IN ('sah_sakit', 'tolak_sakit') THEN
            moved.sick := CASE step WHEN 'sah_sakit' THEN 'disahkan' ELSE 'ditolak' END;
            moved.sick_on := current_date;
        WHEN step IN ('kembali', 'batal') THEN moved := undone_project(moved, step);
        ELSE NULL;
    END CASE;
    RETURN moved;
END
$$;

-- What was found on the spot: a place, a photograph before, damage that fits the type, and land of one's own for a new house.
-- Where something that was asked of the household does not hold, why it goes on all the same.
CREATE OR REPLACE FUNCTION judge_project_visit(moved project, reason text, more jsonb) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    of_type project_type;
BEGIN
    SELECT * INTO of_type FROM project_type WHERE code = moved.type_code;
    IF moved.place IS NULL THEN
        RAISE EXCEPTION 'project_place' USING ERRCODE = 'EK204';
    ELSIF 'sebelum' = ANY (of_type.photos) AND NOT project_has_photo(moved.id, 'sebelum', NULL) THEN
        RAISE EXCEPTION 'project_photo_missing' USING ERRCODE = 'EK209';
    ELSIF coalesce((more ->> 'visited_on')::date > current_date, true)
        OR of_type.damage = 'boleh_dibaiki' AND more ->> 'damage' IS DISTINCT FROM 'ekonomik'
        OR of_type.damage = 'tidak_boleh_dibaiki' AND (more ->> 'damage' IS DISTINCT FROM 'tidak_ekonomik'
            OR coalesce(more ->> 'land' NOT IN ('sendiri', 'kebenaran'), true)
            OR more ->> 'land' = 'kebenaran' AND coalesce(btrim(more ->> 'permission_no'), '') = '') THEN
        RAISE EXCEPTION 'project_incomplete' USING ERRCODE = 'EK203';
    ELSIF reason IS NULL AND EXISTS (SELECT FROM jsonb_array_elements(moved.checks) AS c WHERE NOT coalesce((c ->> 'holds')::boolean, false)) THEN
        RAISE EXCEPTION 'reason_missing' USING ERRCODE = 'EK003';
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION project_has_photo(asked_project bigint, asked_phase text, asked_position integer) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM project_photo AS f WHERE f.project_id = asked_project AND f.phase = asked_phase
                   AND (asked_position IS NULL OR f.position = asked_position))
$$;

-- The cost confirmed: no more than the rate of the day, and only while the state's unit has room. A unit takes one at a time.
CREATE OR REPLACE FUNCTION with_cost(moved project, more jsonb) RETURNS project
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    moved.cost_rm := (more ->> 'cost_rm')::numeric;
    IF coalesce(moved.cost_rm, 0) <= 0 THEN
        RAISE EXCEPTION 'project_incomplete' USING ERRCODE = 'EK203';
    ELSIF moved.cost_rm > project_ceiling(moved.type_code, current_date) THEN
        RAISE EXCEPTION 'project_above_rate' USING ERRCODE = 'EK205';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('project_unit', left(moved.district_code, 2)::bigint));
    IF (SELECT count(*) FROM project AS p
        WHERE p.state IN ('dalam_pelaksanaan', 'digantung') AND left(p.district_code, 2) = left(moved.district_code, 2))
        >= (SELECT (value #>> '{}')::integer FROM setting WHERE key = 'projects.unit_capacity') THEN
        RAISE EXCEPTION 'project_unit_full' USING ERRCODE = 'EK206';
    END IF;
    RETURN moved;
END
$$;

-- The ministry agrees by itself; a coordinator by number and day of the housing committee's minutes. Without a household, who
-- agreed and by what is named.
CREATE OR REPLACE FUNCTION judge_agreement(moved project, more jsonb) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF NOT may_for_project(moved, 'endorse_projects')
        AND (coalesce(btrim(more ->> 'minutes_no'), '') = '' OR coalesce((more ->> 'minutes_day')::date > current_date, true))
        OR NOT EXISTS (SELECT FROM project_household AS l WHERE l.project_id = moved.id)
            AND (coalesce(btrim(more ->> 'agreed_by'), '') = '' OR coalesce(btrim(more ->> 'minutes_no'), '') = '') THEN
        RAISE EXCEPTION 'project_incomplete' USING ERRCODE = 'EK203';
    END IF;
END
$$;

-- Begins the work: a contractor of the agency, a sum within the commitment, and the days of every milestone.
CREATE OR REPLACE FUNCTION begun_project(moved project, more jsonb) RETURNS project
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    moved.contractor_id := (more ->> 'contractor_id')::integer;
    moved.sum_rm := (more ->> 'sum_rm')::numeric;
    IF coalesce(moved.sum_rm, 0) <= 0 OR NOT EXISTS (
        SELECT FROM contractor AS c WHERE c.id = moved.contractor_id AND c.agency_id = moved.agency_id) THEN
        RAISE EXCEPTION 'project_incomplete' USING ERRCODE = 'EK203';
    ELSIF moved.sum_rm > moved.committed_rm THEN
        RAISE EXCEPTION 'project_sum_above_commitment' USING ERRCODE = 'EK207';
    END IF;
    PERFORM keep_plan(moved, '', '', more);
    RETURN moved;
END
$$;

-- The steps that who is acting may take now, as step_project would judge them.
CREATE OR REPLACE FUNCTION allowed_project_steps(asked_number text)
RETURNS TABLE (action text, to_state text, needs_reason boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT t.action, t.to_state, t.needs_reason
        OR t.action = 'semak' AND EXISTS (SELECT FROM jsonb_array_elements(p.checks) AS c WHERE NOT coalesce((c ->> 'holds')::boolean, false))
    FROM project AS p JOIN project_transition AS t ON t.from_state = p.state
    WHERE p.number = asked_number AND reads_project(p) AND may_step_project(p, t) AND NOT acted_on_project(p.id, t)
        AND CASE t.action WHEN 'siap' THEN p.completion IS NOT NULL
                          WHEN 'peraku' THEN NOT project_unregistered(p.id)
                          WHEN 'lapor_siap' THEN project_done(p.id, current_date) = 100
                          WHEN 'izin' THEN p.override_id IS NULL AND EXISTS (
                              SELECT FROM jsonb_array_elements(p.checks) AS c WHERE c ->> 'check' = 'keperluan_bebas' AND NOT (c ->> 'holds')::boolean)
                          WHEN 'komit_semula' THEN p.commit_year < fiscal_year(current_date, fiscal_month_of(p.programme_code))
                          WHEN 'kembali' THEN p.state <> 'dalam_pelaksanaan' OR NOT project_work_accepted(p.id)
                          ELSE true END
    ORDER BY array_position(ARRAY['semak', 'sah_kos', 'hantar', 'peraku', 'mula', 'siap', 'lapor_siap', 'izin', 'komit_semula', 'lanjut',
        'ubah_kerja', 'sah_sakit', 'tolak_sakit', 'sambung', 'gantung', 'tolak', 'kembali', 'batal'], t.action)
$$;

REVOKE ALL ON FUNCTION audit_project(project, text, jsonb), keep_project_step(project, text, text, text, text, jsonb),
    held_project(text, integer, text[]), acted_on_project(bigint, project_transition),
    step_project(text, integer, text, text, jsonb), judged_project(project, text, text, jsonb),
    judge_project_visit(project, text, jsonb), project_has_photo(bigint, text, integer), with_cost(project, jsonb),
    judge_agreement(project, jsonb), begun_project(project, jsonb), allowed_project_steps(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION step_project(text, integer, text, text, jsonb), allowed_project_steps(text) TO app_web;
