-- Work on a project: its plans, what was done of it, photographs, what was wrong with it, and when it is complete.

-- Keeps another version of the plan: for each milestone a first and a last day, in their order.
CREATE OR REPLACE FUNCTION keep_plan(moved project, plan_no text, why text, more jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    first_days date[] := ARRAY(SELECT value::date FROM jsonb_array_elements_text(coalesce(more -> 'begins', '[]')));
    last_days date[] := ARRAY(SELECT value::date FROM jsonb_array_elements_text(coalesce(more -> 'ends', '[]')));
    milestones bigint := (SELECT count(*) FROM project_milestone AS m WHERE m.project_id = moved.id);
BEGIN
    IF cardinality(first_days) <> milestones OR cardinality(last_days) <> milestones OR EXISTS (
        SELECT FROM unnest(first_days, last_days) AS d (begins, ends) WHERE d.begins IS NULL OR d.ends IS NULL OR d.begins > d.ends
            OR d.begins < '2000-01-01' OR d.ends > '2100-01-01') THEN
        RAISE EXCEPTION 'project_plan_days' USING ERRCODE = 'EK215';
    END IF;
    INSERT INTO project_plan (project_id, version, begins, ends, reference, reason, made_by)
    SELECT moved.id, coalesce(max(p.version), 0) + 1, first_days, last_days, plan_no, why, acting_login()
    FROM project_plan AS p WHERE p.project_id = moved.id;
END
$$;

-- An extension of time: another version of the plan with its number and its reason; the first stays.
CREATE OR REPLACE FUNCTION extend_project(moved project, reason text, more jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF coalesce(btrim(more ->> 'reference'), '') = '' THEN
        RAISE EXCEPTION 'project_incomplete' USING ERRCODE = 'EK203';
    END IF;
    PERFORM keep_plan(moved, btrim(more ->> 'reference'), reason, more);
END
$$;

-- Reports how much of each milestone is done on a day, percent; less than the report before tells needs a reason.
CREATE OR REPLACE FUNCTION report_project(asked_number text, on_day date, done numeric[], words text, why text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    moved project := working_project(asked_number, ARRAY['open_projects', 'coordinate_projects']);
    before numeric[];
    made bigint;
BEGIN
    IF moved.id IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT r.shares INTO before FROM project_report AS r
    WHERE r.project_id = moved.id AND r.state <> 'ditolak' AND r.day <= on_day ORDER BY r.day DESC, r.id DESC LIMIT 1;
    IF on_day IS NULL OR on_day > current_date OR cardinality(done) <> (SELECT count(*) FROM project_milestone AS m WHERE m.project_id = moved.id)
        OR EXISTS (SELECT FROM unnest(done) AS s WHERE s IS NULL OR s < 0 OR s > 100) THEN
        RAISE EXCEPTION 'project_report_invalid' USING ERRCODE = 'EK212';
    ELSIF coalesce(btrim(why), '') = '' AND EXISTS (SELECT FROM unnest(done, before) AS s (now, was) WHERE s.now < s.was) THEN
        RAISE EXCEPTION 'reason_missing' USING ERRCODE = 'EK003';
    END IF;
    INSERT INTO project_report (project_id, day, shares, note, reason, made_by)
    VALUES (moved.id, on_day, done, coalesce(btrim(words), ''), coalesce(btrim(why), ''), acting_user()) RETURNING id INTO made;
    PERFORM audit_project(moved, 'report_project', jsonb_build_object('report', made, 'day', on_day));
    RETURN made;
END
$$;

-- A project that is being worked on, held, for who reads it; nothing where there is none.
CREATE OR REPLACE FUNCTION working_project(asked_number text, permissions text[]) RETURNS project
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    found project := held_project(asked_number, (SELECT p.version FROM project AS p WHERE p.number = asked_number), permissions);
BEGIN
    IF found.id IS NOT NULL AND found.state <> 'dalam_pelaksanaan' THEN
        RAISE EXCEPTION 'project_step_illegal' USING ERRCODE = 'EK201', DETAIL = found.state;
    END IF;
    RETURN found;
END
$$;

-- Accepts a report, or refuses it with a reason: by another coordinator than who made it.
CREATE OR REPLACE FUNCTION judge_report(asked_report bigint, accepted boolean, why text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    told project_report;
    moved project;
BEGIN
    SELECT r.* INTO told FROM project_report AS r WHERE r.id = asked_report;
    moved := working_project((SELECT p.number FROM project AS p WHERE p.id = told.project_id), ARRAY['coordinate_projects']);
    IF moved.id IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT r.* INTO told FROM project_report AS r WHERE r.id = asked_report FOR UPDATE;
    IF told.state <> 'dihantar' THEN
        RAISE EXCEPTION 'stale' USING ERRCODE = 'EK019';
    ELSIF told.made_by = acting_user() THEN
        RAISE EXCEPTION 'project_same_person' USING ERRCODE = 'EK202';
    ELSIF NOT accepted AND coalesce(btrim(why), '') = '' THEN
        RAISE EXCEPTION 'reason_missing' USING ERRCODE = 'EK003';
    END IF;
    UPDATE project_report SET state = CASE WHEN accepted THEN 'diterima' ELSE 'ditolak' END, judged_by = acting_user(),
        judged_at = now(), judged_reason = coalesce(btrim(why), '')
    WHERE id = told.id;
    PERFORM audit_project(moved, 'judge_report', jsonb_build_object('report', told.id, 'accepted', accepted));
    RETURN moved.number;
END
$$;

-- Whether a photograph may be added to a project by who is acting; answers the project's id.
CREATE OR REPLACE FUNCTION photographed_project(asked_number text, asked_phase text, asked_position integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    moved project := held_project(asked_number, (SELECT p.version FROM project AS p WHERE p.number = asked_number),
                                  ARRAY['open_projects', 'coordinate_projects']);
BEGIN
    IF moved.id IS NULL THEN
        RETURN NULL;
    ELSIF moved.state IN ('ditolak', 'dibatalkan')
        OR (SELECT count(*) FROM project_photo AS f WHERE f.project_id = moved.id) >= 60 THEN
        RAISE EXCEPTION 'project_step_illegal' USING ERRCODE = 'EK201', DETAIL = moved.state;
    ELSIF NOT asked_phase = ANY (ARRAY['sebelum', 'semasa', 'selepas']) OR (asked_phase = 'semasa') <> (asked_position IS NOT NULL)
        OR asked_position IS NOT NULL
            AND NOT EXISTS (SELECT FROM project_milestone AS m WHERE m.project_id = moved.id AND m.position = asked_position) THEN
        RAISE EXCEPTION 'project_incomplete' USING ERRCODE = 'EK203';
    END IF;
    RETURN moved.id;
END
$$;

-- Keeps a photograph whose file stands under ``file_name``; the same of a device is kept once.
CREATE OR REPLACE FUNCTION add_project_photo(asked_number text, key uuid, facts jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    of_project bigint := photographed_project(asked_number, facts ->> 'phase', (facts ->> 'position')::integer);
    made bigint;
BEGIN
    IF of_project IS NULL THEN
        RETURN NULL;
    ELSIF coalesce((facts ->> 'day')::date > current_date, true) THEN
        RAISE EXCEPTION 'project_incomplete' USING ERRCODE = 'EK203';
    END IF;
    INSERT INTO project_photo (project_id, client_key, phase, position, day, longitude, latitude, name, sha256, width, height,
        bytes, added_by)
    VALUES (of_project, key, facts ->> 'phase', (facts ->> 'position')::integer, (facts ->> 'day')::date,
        (facts ->> 'longitude')::numeric, (facts ->> 'latitude')::numeric, facts ->> 'name', facts ->> 'sha256',
        (facts ->> 'width')::integer, (facts ->> 'height')::integer, (facts ->> 'bytes')::integer, acting_login())
    ON CONFLICT (client_key) DO NOTHING RETURNING id INTO made;
    IF made IS NOT NULL THEN
        PERFORM audit_project(p, 'add_project_photo', jsonb_build_object('photo', made, 'phase', facts ->> 'phase'))
        FROM project AS p WHERE p.id = of_project;
    END IF;
    RETURN coalesce(made, 0);
END
$$;

-- Notes what is wrong with the work, while it is under way or for some months after; or that it was mended.
CREATE OR REPLACE FUNCTION note_defect(asked_number text, on_day date, told text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    moved project := held_project(asked_number, (SELECT p.version FROM project AS p WHERE p.number = asked_number),
                                  ARRAY['open_projects', 'coordinate_projects']);
    made bigint;
BEGIN
    IF moved.id IS NULL THEN
        RETURN NULL;
    ELSIF moved.state NOT IN ('dalam_pelaksanaan', 'digantung', 'siap') OR moved.state = 'siap' AND on_day > moved.finished_on + make_interval(
        months => (SELECT (value #>> '{}')::integer FROM setting WHERE key = 'projects.defect_months')) THEN
        RAISE EXCEPTION 'project_step_illegal' USING ERRCODE = 'EK201', DETAIL = moved.state;
    ELSIF coalesce(btrim(told), '') = '' OR coalesce(on_day > current_date, true) THEN
        RAISE EXCEPTION 'project_incomplete' USING ERRCODE = 'EK203';
    END IF;
    INSERT INTO project_defect (project_id, noted_on, words, noted_by) VALUES (moved.id, on_day, btrim(told), acting_login())
    RETURNING id INTO made;
    PERFORM audit_project(moved, 'note_defect', jsonb_build_object('defect', made));
    RETURN made;
END
$$;

CREATE OR REPLACE FUNCTION mend_defect(asked_defect bigint, on_day date, told text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    defect project_defect;
    moved project;
BEGIN
    SELECT d.* INTO defect FROM project_defect AS d WHERE d.id = asked_defect;
    SELECT p.* INTO moved FROM project AS p WHERE p.id = defect.project_id;
    moved := held_project(moved.number, moved.version, ARRAY['open_projects', 'coordinate_projects']);
    IF moved.id IS NULL THEN
        RETURN NULL;
    ELSIF coalesce(btrim(told), '') = '' OR coalesce(on_day NOT BETWEEN defect.noted_on AND current_date, true) THEN
        RAISE EXCEPTION 'project_incomplete' USING ERRCODE = 'EK203';
    END IF;
    UPDATE project_defect SET mended_on = on_day, mended_words = btrim(told), mended_by = acting_login()
    WHERE id = asked_defect AND mended_on IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'stale' USING ERRCODE = 'EK019';
    END IF;
    PERFORM audit_project(moved, 'mend_defect', jsonb_build_object('defect', asked_defect));
    RETURN moved.number;
END
$$;

-- Complete is what is done in all milestones, photographed as its type asks, received, and without an open defect.
CREATE OR REPLACE FUNCTION judge_completion(moved project, more jsonb) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    asked_photos text[] := (SELECT t.photos FROM project_type AS t WHERE t.code = moved.type_code);
BEGIN
    IF project_done(moved.id, current_date) < 100 THEN
        RAISE EXCEPTION 'project_work_open' USING ERRCODE = 'EK208';
    ELSIF 'selepas' = ANY (asked_photos) AND NOT project_has_photo(moved.id, 'selepas', NULL)
        OR 'semasa' = ANY (asked_photos) AND EXISTS (
            SELECT FROM project_milestone AS m
            WHERE m.project_id = moved.id AND NOT project_has_photo(moved.id, 'semasa', m.position)) THEN
        RAISE EXCEPTION 'project_photo_missing' USING ERRCODE = 'EK209';
    ELSIF EXISTS (SELECT FROM project_defect AS d WHERE d.project_id = moved.id AND d.mended_on IS NULL) THEN
        RAISE EXCEPTION 'project_defect_open' USING ERRCODE = 'EK210';
    ELSIF coalesce(btrim(more ->> 'received_by'), '') = '' OR coalesce(btrim(more ->> 'receipt_no'), '') = ''
        OR coalesce((more ->> 'received_on')::date > current_date, true) THEN
        RAISE EXCEPTION 'project_incomplete' USING ERRCODE = 'EK203';
    END IF;
END
$$;

REVOKE ALL ON FUNCTION keep_plan(project, text, text, jsonb), extend_project(project, text, jsonb),
    report_project(text, date, numeric[], text, text), working_project(text, text[]), judge_report(bigint, boolean, text),
    photographed_project(text, text, integer), add_project_photo(text, uuid, jsonb), note_defect(text, date, text),
    mend_defect(bigint, date, text), judge_completion(project, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION report_project(text, date, numeric[], text, text), judge_report(bigint, boolean, text),
    photographed_project(text, text, integer), add_project_photo(text, uuid, jsonb), note_defect(text, date, text),
    mend_defect(bigint, date, text) TO app_web;
