-- Changes of the poverty line and of the rule: administrators of the whole country ask for them and see what they did;
-- everybody who is signed in may know which there were, without a count.

CREATE OR REPLACE FUNCTION sets_lines() RETURNS boolean LANGUAGE sql STABLE
AS $$ SELECT ekasih.administers() AND ekasih.nationwide() $$;

CREATE POLICY read ON line_change FOR SELECT TO app_web USING ((SELECT sets_lines()));
CREATE POLICY ask ON line_change FOR INSERT TO app_web
WITH CHECK ((SELECT sets_lines()) AND asked_by = (SELECT acting_user())
            AND asked_as = (SELECT acting_login()) AND state = 'waits');
CREATE POLICY withdraw ON line_change FOR UPDATE TO app_web
USING ((SELECT sets_lines()) AND state = 'waits') WITH CHECK ((SELECT sets_lines()) AND state IN ('waits', 'withdrawn'));

GRANT SELECT ON line_change TO app_web;
GRANT INSERT (kind, command, effective_from, asked_by, asked_as) ON line_change TO app_web;
GRANT UPDATE (state, job_id) ON line_change TO app_web;

-- What a change would do: who would stand where, and what it would cost. For those who may make it.
CREATE OR REPLACE FUNCTION what_if(supposed jsonb)
RETURNS TABLE (
    cause text, state_code text, previous_status text, status text, households bigint, moved bigint,
    gap_before_rm numeric, gap_after_rm numeric
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF NOT sets_lines() THEN
        RAISE EXCEPTION 'not for this account' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY SELECT s.* FROM standing_supposed(supposed) AS s;
END
$$;

-- Adds the figures of a survey year for a state and strata; in force once the year is adopted.
CREATE OR REPLACE FUNCTION add_line(given jsonb) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    made integer;
BEGIN
    IF NOT sets_lines() THEN
        RAISE EXCEPTION 'not for this account' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO poverty_line (survey_year, published_on, state_code, strata, pgk_household_rm, food_household_rm,
        pgk_per_capita_rm, food_per_capita_rm, published_for, food_household_basis, pgk_per_capita_basis,
        food_per_capita_basis, source, added_by, added_at)
    SELECT g.survey_year, g.published_on, g.state_code, g.strata, g.pgk_household_rm, g.food_household_rm,
        g.pgk_per_capita_rm, g.food_per_capita_rm, CASE g.state_code WHEN 'MY' THEN 'country' ELSE 'state' END,
        g.food_household_basis, g.pgk_per_capita_basis, g.food_per_capita_basis, g.source, acting_login(), now()
    FROM jsonb_populate_record(NULL::poverty_line, given) AS g
    ON CONFLICT DO NOTHING
    RETURNING id INTO made;
    RETURN made;
END
$$;

-- Takes figures back that somebody added and nobody has adopted; answers what they were.
CREATE OR REPLACE FUNCTION remove_line(asked_line integer) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    gone jsonb;
BEGIN
    IF NOT sets_lines() THEN
        RAISE EXCEPTION 'not for this account' USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM poverty_line AS l
    WHERE l.id = asked_line AND l.effective_from IS NULL AND l.added_by IS NOT NULL
    RETURNING to_jsonb(l) INTO gone;
    RETURN gone;
END
$$;

-- For whom a change is carried out. No row for an account that is closed or may not any more; a change that was asked
-- for on the server itself has no account.
CREATE OR REPLACE FUNCTION line_change_terms(asked_change bigint)
RETURNS TABLE (user_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT u.id
    FROM line_change AS c LEFT JOIN app_user AS u ON u.id = c.asked_by
    WHERE c.id = asked_change AND (c.asked_by IS NULL
        OR (u.active AND reaches_everywhere(u) AND 'administer' = ANY (permissions_of(u.role))))
$$;

-- The changes there were, who asked for them, and whether they decided anybody again: no counts.
CREATE OR REPLACE FUNCTION line_history()
RETURNS TABLE (
    change_id bigint, kind text, survey_year integer, rule text, vulnerable_urban_rm numeric, vulnerable_rural_rm numeric,
    effective_from date, asked_by text, asked_at timestamptz, state text, done_at timestamptz, decided_on date,
    touched boolean
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT c.id, c.kind, CAST(c.command ->> 'survey_year' AS integer), c.command ->> 'rule',
        CAST(c.command ->> 'vulnerable_urban_rm' AS numeric), CAST(c.command ->> 'vulnerable_rural_rm' AS numeric),
        c.effective_from, coalesce(u.display_name, c.asked_as), c.asked_at, c.state, c.done_at, c.decided_on,
        coalesce(c.households > 0, false)
    FROM line_change AS c LEFT JOIN app_user AS u ON u.id = c.asked_by
    WHERE signed_in()
$$;

REVOKE ALL ON FUNCTION what_if(jsonb), add_line(jsonb), remove_line(integer), line_change_terms(bigint), line_history()
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION what_if(jsonb), add_line(jsonb), remove_line(integer), line_history() TO app_web;
