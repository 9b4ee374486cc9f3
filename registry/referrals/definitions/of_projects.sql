-- What the receiver of a referral learns of the project that it is about: the components that were handed over by name, as they
-- are now, and nothing else, until 30 days after it was closed. Of a household at a protected place not where it is.

-- The project of a referral where it may be told to who is acting: to the receiver, and to a sender who still reads it.
CREATE OR REPLACE FUNCTION told_project(asked_number text) RETURNS SETOF referral
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT r.* FROM referral AS r JOIN project AS p ON p.id = r.project_id
    WHERE r.number = asked_number
        AND ('penerima' = ANY (referral_sides(r)) OR 'pengirim' = ANY (referral_sides(r)) AND reads_project(p))
$$;

-- The fields of the components that were handed over; of several households each by its number.
CREATE OR REPLACE FUNCTION referral_project_record(asked_number text)
RETURNS TABLE (component text, field text, kind text, no bigint, value jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    WITH told AS (
        SELECT r.components, p.*, EXISTS (SELECT FROM project_household AS l
                                          WHERE l.project_id = p.id AND referred_place_hidden(l.household_id)) AS hidden
        FROM told_project(asked_number) AS r JOIN project AS p ON p.id = r.project_id
    ), plan AS (
        SELECT (SELECT min(b) FROM unnest(v.begins) AS b) AS begins, (SELECT max(e) FROM unnest(v.ends) AS e) AS ends
        FROM told AS p JOIN project_plan AS v ON v.project_id = p.id ORDER BY v.version DESC LIMIT 1
    )
    SELECT f.component, f.field, f.kind, NULL::bigint, f.value
    FROM told AS p
    JOIN project_type AS t ON t.code = p.type_code
    JOIN office AS o ON o.code = p.office_code
    JOIN area AS d ON d.code = p.district_code
    LEFT JOIN contractor AS c ON c.id = p.contractor_id
    LEFT JOIN plan ON true
    CROSS JOIN LATERAL (VALUES
        ('projek', 'title', 'text', to_jsonb(p.title)),
        ('projek', 'type', 'names', jsonb_build_object('ms', t.name_ms, 'en', t.name_en)),
        ('projek', 'state', 'state', to_jsonb(p.state)),
        ('projek', 'office', 'names', jsonb_build_object('ms', o.name_ms, 'en', o.name_en)),
        ('tempat', 'district', 'text', CASE WHEN NOT p.hidden THEN to_jsonb(d.name) END),
        ('tempat', 'point', 'text', CASE WHEN NOT p.hidden THEN to_jsonb(
            round(ST_Y(ST_PointOnSurface(p.place))::numeric, 5) || ', ' || round(ST_X(ST_PointOnSurface(p.place))::numeric, 5)) END),
        ('kemajuan', 'done', 'percent', to_jsonb(project_done(p.id, current_date))),
        ('kemajuan', 'begins', 'date', to_jsonb(plan.begins)),
        ('kemajuan', 'ends', 'date', to_jsonb(plan.ends)),
        ('kemajuan', 'finished_on', 'date', to_jsonb(p.finished_on)),
        ('kos', 'cost', 'money', to_jsonb(coalesce(p.cost_rm, p.estimate_rm))),
        ('kos', 'sum', 'money', to_jsonb(p.sum_rm)),
        ('kontraktor', 'contractor', 'text', to_jsonb(c.name)),
        ('kontraktor', 'registration_no', 'text', to_jsonb(c.registration_no)),
        ('kontraktor', 'grade', 'text', to_jsonb(nullif(c.grade, '')))) AS f (component, field, kind, value)
    WHERE f.component = ANY (p.components) AND (f.component <> 'tempat' OR NOT p.hidden)
    UNION ALL
    SELECT 'penerima', f.field, 'text', h.no, f.value
    FROM told AS p
    CROSS JOIN LATERAL (
        SELECT row_number() OVER (ORDER BY w.file_no) AS no, w.file_no, w.head_name
        FROM project_household AS l JOIN household AS w ON w.id = l.household_id WHERE l.project_id = p.id LIMIT 50) AS h
    CROSS JOIN LATERAL (VALUES ('recipient', to_jsonb(h.head_name)), ('file_no', to_jsonb(h.file_no))) AS f (field, value)
    WHERE 'penerima' = ANY (p.components)
$$;

-- The number of a referral's project for who reads the project anyway.
CREATE OR REPLACE FUNCTION referral_project(asked_number text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT p.number FROM referral AS r JOIN project AS p ON p.id = r.project_id
    WHERE r.number = asked_number AND referral_sides(r) <> '{}' AND reads_project(p)
$$;

-- The referrals of a project of which who is acting is a side, the latest first.
CREATE OR REPLACE FUNCTION referrals_of_project(asked_project text)
RETURNS TABLE (number text, state text, to_party text, sent_on date, due_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT r.number, r.state, r.to_party, r.sent_on, r.due_on
    FROM project AS p JOIN referral AS r ON r.project_id = p.id
    WHERE p.number = asked_project AND reads_project(p) AND referral_sides(r) <> '{}'
    ORDER BY r.id DESC LIMIT 50
$$;

REVOKE ALL ON FUNCTION told_project(text), referral_project_record(text), referral_project(text),
    referrals_of_project(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION referral_project_record(text), referral_project(text), referrals_of_project(text) TO app_web;
