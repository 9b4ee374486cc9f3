-- Oversight: accounts that administrators keep, territory lent to a colleague, reads that are written down, the auditor's view.

-- Accounts: administrators read and change those of persons; nobody reads a password's hash. A program's goes with its key.
CREATE POLICY administer ON app_user TO app_web
USING ((SELECT administers()) AND NOT machine) WITH CHECK ((SELECT administers()) AND NOT machine);
GRANT SELECT (id, login, display_name, role, territory, active, demo, session_version, created_at) ON app_user TO app_web;
GRANT INSERT (login, display_name, role, territory, password_hash) ON app_user TO app_web;
GRANT UPDATE (role, territory, active, password_hash) ON app_user TO app_web;

-- Refuses what would close or change one's own account, or leave nobody to administer. Who owns the database may still do both.
CREATE OR REPLACE FUNCTION guard_accounts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF acting_user() IS NULL OR (NEW.role, NEW.territory, NEW.active) = (OLD.role, OLD.territory, OLD.active) THEN
        RETURN NEW;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('ekasih.administrators', 0));
    IF OLD.role = 'administrator' AND OLD.active AND NOT (NEW.role = 'administrator' AND NEW.active)
        AND NOT EXISTS (SELECT FROM app_user AS u WHERE u.role = 'administrator' AND u.active AND u.id <> OLD.id) THEN
        RAISE EXCEPTION 'last_administrator_account' USING ERRCODE = 'EK031';
    END IF;
    IF OLD.id = acting_user() THEN
        RAISE EXCEPTION 'own_account' USING ERRCODE = 'EK030';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER guard_accounts BEFORE UPDATE ON app_user FOR EACH ROW EXECUTE FUNCTION guard_accounts();

-- Delegation: the territory of someone of the same role, lent for some days; what the role may do stays the same.
CREATE POLICY read_own ON delegation FOR SELECT TO app_web
USING ((SELECT administers()) OR (SELECT acting_user()) IN (from_user, to_user));
CREATE POLICY add ON delegation FOR INSERT TO app_web
WITH CHECK ((SELECT administers()) AND created_by = (SELECT acting_user()) AND to_user <> (SELECT acting_user()));
CREATE POLICY revoke ON delegation FOR UPDATE TO app_web
USING ((SELECT administers())) WITH CHECK ((SELECT administers()));
GRANT SELECT, INSERT, UPDATE (revoked_at) ON delegation TO app_web;

-- The delegations that count for a person now: both accounts open, of one role, within their days, not revoked.
CREATE OR REPLACE FUNCTION delegations_to(asked_user bigint) RETURNS SETOF delegation
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT d.*
    FROM delegation AS d
    JOIN app_user AS lender ON lender.id = d.from_user
    JOIN app_user AS borrower ON borrower.id = d.to_user
    WHERE d.to_user = asked_user AND d.revoked_at IS NULL AND lender.active AND borrower.active
        AND lender.role = borrower.role
        AND (now() AT TIME ZONE 'Asia/Kuala_Lumpur')::date BETWEEN d.from_date AND d.until_date
$$;

CREATE OR REPLACE FUNCTION reaches_everywhere(person app_user) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT person.territory = '{}' OR EXISTS (
        SELECT FROM delegations_to(person.id) AS d JOIN app_user AS lender ON lender.id = d.from_user
        WHERE d.areas = '{}' AND lender.territory = '{}')
$$;

-- The districts and catchments that a person reaches: their own, and what others lend of what is still theirs; none for
-- everywhere.
CREATE OR REPLACE FUNCTION reach_of(person app_user) RETURNS text[]
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT CASE WHEN reaches_everywhere(person) THEN '{}'::text[] ELSE (
        SELECT coalesce(array_agg(DISTINCT found.code ORDER BY found.code), '{}')
        FROM (
            SELECT own.code FROM unnest(territory_places(person.territory)) AS own (code)
            UNION ALL
            SELECT lent.code
            FROM delegations_to(person.id) AS d
            JOIN app_user AS lender ON lender.id = d.from_user
            CROSS JOIN LATERAL unnest(territory_places(
                CASE WHEN d.areas = '{}' THEN lender.territory ELSE d.areas END)) AS lent (code)
            WHERE lender.territory = '{}' OR lent.code = ANY (territory_places(lender.territory))
        ) AS found) END
$$;

-- For whom a person acts now, for the person's own page.
CREATE OR REPLACE FUNCTION acting_for() RETURNS TABLE (display_name text, areas text[], until_date date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT lender.display_name, d.areas, d.until_date
    FROM delegations_to(acting_user()) AS d JOIN app_user AS lender ON lender.id = d.from_user
    ORDER BY d.until_date, d.id
$$;

-- Writes down that someone read, searched or took a file; the same again within ten minutes is one entry.
CREATE OR REPLACE FUNCTION note_read(noted text, read_subject text, read_id bigint, facts jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    district text;
BEGIN
    IF acting_user() IS NULL OR noted NOT IN ('read', 'search', 'export') THEN
        RAISE EXCEPTION 'nobody reads' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF read_subject = 'household' THEN
        SELECT h.district_code INTO district FROM household AS h WHERE h.id = read_id;
    ELSIF read_subject = 'case' THEN
        SELECT c.district_code INTO district FROM case_file AS c WHERE c.id = read_id;
    ELSIF read_subject = 'intake' THEN
        SELECT i.district_code INTO district FROM intake AS i WHERE i.id = read_id;
    END IF;
    IF noted <> 'export' THEN
        PERFORM pg_advisory_xact_lock(hashtextextended('ekasih.note_read', acting_user()));
        IF EXISTS (
            SELECT FROM audit_log AS a
            WHERE a.actor_id = acting_user() AND a.action = noted AND a.at > clock_timestamp() - interval '10 minutes'
                AND a.action IN ('read', 'search', 'export')
                AND a.subject = read_subject AND a.subject_id IS NOT DISTINCT FROM read_id
                AND a.after IS NOT DISTINCT FROM facts) THEN
            RETURN;
        END IF;
    END IF;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, district_code, after)
    VALUES (acting_user(), acting_login(), noted, read_subject, read_id, district, facts);
END
$$;

-- Whether values of an entry may be told: what is about no person to all who read the log, what is to those alone who see the
-- persons of the district.
CREATE OR REPLACE FUNCTION tells_values(of_subject text, of_district text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT of_subject IN ('account', 'api_key', 'role', 'setting', 'case_state', 'delegation', 'poverty_line', 'boundary_set', 'meeting', 'target',
        'article')
        OR (sees_persons() AND (nationwide() OR of_district = ANY (acting_districts())))
$$;

-- What an entry says of its fields, without identity numbers and what is only a key to them.
CREATE OR REPLACE FUNCTION told_values(noted jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT coalesce(jsonb_object_agg(one.key, one.value), '{}')
    FROM jsonb_each(CASE jsonb_typeof(noted) WHEN 'object' THEN noted ELSE '{}' END) AS one
    WHERE one.key NOT LIKE '%id_no%' AND one.key <> 'key' AND jsonb_typeof(one.value) IN ('string', 'number', 'boolean', 'null')
$$;

-- The audit log as auditors see it, newest first, from before an entry on: of what changed the names of the fields, and values
-- where they may be told.
CREATE OR REPLACE FUNCTION audit_entries(since date, until date, person text, done text, district text,
                                         about bigint[], before_id bigint, row_limit integer)
RETURNS TABLE (id bigint, at timestamptz, actor text, action text, subject text, subject_id bigint, file_no text,
               district_code text, source text, fields text[], was jsonb, became jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
#variable_conflict use_column
BEGIN
    IF NOT may('read_audit') THEN
        RETURN;
    END IF;
    -- the newest are read backwards until the page is full; their fields are worked out for these alone
    RETURN QUERY
    WITH page AS MATERIALIZED (
        SELECT a.*
        FROM audit_log AS a
        WHERE ((SELECT nationwide()) OR a.district_code = ANY ((SELECT acting_districts())::text[]))
            AND (since IS NULL OR a.at >= since::timestamp AT TIME ZONE 'Asia/Kuala_Lumpur')
            AND (until IS NULL OR a.at < (until + 1)::timestamp AT TIME ZONE 'Asia/Kuala_Lumpur')
            AND (person IS NULL OR a.actor = person)
            AND (done IS NULL OR a.action = done)
            AND (district IS NULL OR a.district_code = district)
            AND (about IS NULL OR (a.subject = 'household' AND a.subject_id = ANY (about)))
            AND (before_id IS NULL OR a.id < before_id)
        ORDER BY a.id DESC
        LIMIT row_limit
    )
    SELECT p.id, p.at, p.actor, p.action, p.subject, p.subject_id, h.file_no, p.district_code, p.source,
        ARRAY(SELECT key FROM jsonb_object_keys(CASE jsonb_typeof(p.before) WHEN 'object' THEN p.before ELSE '{}' END) AS b (key)
              UNION
              SELECT key FROM jsonb_object_keys(CASE jsonb_typeof(p.after) WHEN 'object' THEN p.after ELSE '{}' END) AS n (key)
              ORDER BY key),
        CASE WHEN tells_values(p.subject, p.district_code) THEN told_values(p.before) END,
        CASE WHEN tells_values(p.subject, p.district_code) THEN told_values(p.after) END
    FROM page AS p
    LEFT JOIN household AS h ON p.subject = 'household' AND h.id = p.subject_id
    ORDER BY p.id DESC;
END
$$;

-- The actions there are in the log, for the list to choose from.
CREATE OR REPLACE FUNCTION audit_actions() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    WITH RECURSIVE known AS (
        (SELECT action FROM audit_log ORDER BY action LIMIT 1)
        UNION ALL
        SELECT (SELECT a.action FROM audit_log AS a WHERE a.action > known.action ORDER BY a.action LIMIT 1)
        FROM known WHERE known.action IS NOT NULL
    )
    SELECT action FROM known WHERE action IS NOT NULL AND may('read_audit')
$$;

-- What every page states about the register; reading it is no change of it.
CREATE OR REPLACE FUNCTION register_state() RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT jsonb_build_object(
        'sample', EXISTS (SELECT FROM delivery WHERE sample),
        'empty', NOT EXISTS (SELECT FROM household),
        'as_of', greatest(
            (SELECT (value #>> '{}')::date FROM setting WHERE key = 'register.as_of'),
            (SELECT at::date FROM audit_log
             WHERE actor_id IS NOT NULL
                 AND action NOT IN ('read', 'search', 'export', 'check_status', 'reveal_id', 'verify_audit', 'sign_in',
                     'sign_out', 'end_session')
             ORDER BY id DESC LIMIT 1)))
$$;

REVOKE ALL ON FUNCTION delegations_to(bigint), reaches_everywhere(app_user), reach_of(app_user), acting_for(),
    note_read(text, text, bigint, jsonb), audit_entries(date, date, text, text, text, bigint[], bigint, integer), audit_actions(),
    tells_values(text, text), told_values(jsonb)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION acting_for(), note_read(text, text, bigint, jsonb),
    audit_entries(date, date, text, text, text, bigint[], bigint, integer), audit_actions() TO app_web;
