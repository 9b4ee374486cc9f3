-- Releases: who may ask for one and decide on it, and that nothing of one changes once it is sealed.

-- A row of a release is written while it is being made, and never touched again by anybody.
CREATE OR REPLACE FUNCTION freeze_release_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF TG_OP <> 'INSERT' OR NOT EXISTS (SELECT FROM release AS r WHERE r.id = NEW.release_id AND r.state = 'disediakan') THEN
        RAISE EXCEPTION 'release_stands' USING ERRCODE = 'EK256';
    END IF;
    RETURN NEW;
END
$$;

-- A release goes from disediakan to sedia and from there to its decision; nothing else of it changes, and none goes away.
CREATE OR REPLACE FUNCTION freeze_release() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    may_change text[] := CASE OLD.state
        WHEN 'disediakan' THEN ARRAY['state', 'as_of', 'census_year', 'boundaries', 'sample', 'checksum']
        WHEN 'sedia' THEN ARRAY['state', 'decided_at', 'decided_by', 'answer'] ELSE ARRAY[]::text[] END;
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - may_change <> to_jsonb(OLD) - may_change
        OR NOT (OLD.state, NEW.state) IN (('disediakan', 'sedia'), ('sedia', 'diluluskan'), ('sedia', 'ditolak'))
    THEN
        RAISE EXCEPTION 'release_stands' USING ERRCODE = 'EK256';
    END IF;
    RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION keep_releases() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION 'release_stands' USING ERRCODE = 'EK256';
END
$$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['release_area', 'release_count', 'release_aid']
    LOOP
        EXECUTE format('CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON %I
            FOR EACH ROW EXECUTE FUNCTION freeze_release_row()', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['release', 'release_area', 'release_count', 'release_aid']
    LOOP
        EXECUTE format('CREATE TRIGGER kept BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION keep_releases()', name);
    END LOOP;
END
$$;
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON release FOR EACH ROW EXECUTE FUNCTION freeze_release();

-- The next number of a month: 2026-10.2 after 2026-10.1.
CREATE OR REPLACE FUNCTION next_release_number(asked_month date) RETURNS text
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT to_char(asked_month, 'YYYY-MM') || '.' || (SELECT count(*) + 1 FROM release AS r WHERE r.month = asked_month)
$$;

-- Asks for a new release of the last month that has one, which somebody else decides on; answers its number.
CREATE OR REPLACE FUNCTION ask_release(asked_reason text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    last release;
    made release;
BEGIN
    IF NOT may('approve_releases') THEN
        RAISE EXCEPTION 'may not ask for a release' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF coalesce(btrim(asked_reason), '') = '' THEN
        RAISE EXCEPTION 'reason_missing' USING ERRCODE = 'EK003';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('ekasih.release', 0));
    SELECT * INTO last FROM release AS r ORDER BY r.month DESC, r.id DESC LIMIT 1;
    IF last.id IS NULL THEN
        RAISE EXCEPTION 'not_found' USING ERRCODE = 'EK065';
    END IF;
    IF last.state NOT IN ('diluluskan', 'ditolak') THEN
        RAISE EXCEPTION 'release_stands' USING ERRCODE = 'EK256';
    END IF;
    INSERT INTO release (number, month, corrects, reason, made_by)
    VALUES (next_release_number(last.month), last.month, last.id, btrim(asked_reason), acting_user())
    RETURNING * INTO made;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, after)
    VALUES (acting_user(), acting_login(), 'ask_release', 'release', made.id,
            jsonb_build_object('number', made.number, 'reason', made.reason));
    PERFORM put_system_job('releases.make', '{}');
    RETURN made.number;
END
$$;

-- Makes a sealed release public, or refuses it for good: another person than who asked for it, with a reason.
CREATE OR REPLACE FUNCTION decide_release(asked_number text, approved boolean, asked_reason text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    own release;
    decided text := CASE WHEN approved THEN 'diluluskan' ELSE 'ditolak' END;
BEGIN
    IF NOT may('approve_releases') THEN
        RAISE EXCEPTION 'may not decide on a release' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO own FROM release AS r WHERE r.number = asked_number FOR UPDATE;
    IF own.id IS NULL THEN
        RAISE EXCEPTION 'not_found' USING ERRCODE = 'EK065';
    END IF;
    IF own.state <> 'sedia' THEN
        RAISE EXCEPTION 'release_stands' USING ERRCODE = 'EK256';
    END IF;
    IF own.made_by = acting_user() THEN
        RAISE EXCEPTION 'change_own_request' USING ERRCODE = 'EK012';
    END IF;
    IF coalesce(btrim(asked_reason), '') = '' THEN
        RAISE EXCEPTION 'reason_missing' USING ERRCODE = 'EK003';
    END IF;
    UPDATE release AS r
    SET state = decided, decided_at = clock_timestamp(), decided_by = acting_user(), answer = btrim(asked_reason)
    WHERE r.id = own.id;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, after)
    VALUES (acting_user(), acting_login(), CASE WHEN approved THEN 'approve_release' ELSE 'refuse_release' END, 'release',
            own.id, jsonb_build_object('number', own.number, 'checksum', own.checksum, 'reason', btrim(asked_reason)));
    -- a month that closed while this one waited
    PERFORM put_system_job('releases.make', '{}');
    RETURN decided;
END
$$;

-- Approved ones are everybody's; the others are for who may decide.
DO $$
DECLARE
    name text;
BEGIN
    EXECUTE 'CREATE POLICY read_release ON release FOR SELECT TO app_web
        USING ((SELECT signed_in()) AND (state = ''diluluskan'' OR (SELECT may(''approve_releases''))))';
    FOREACH name IN ARRAY ARRAY['release_area', 'release_count', 'release_aid']
    LOOP
        EXECUTE format('CREATE POLICY read_release ON %I FOR SELECT TO app_web
            USING (release_id IN (SELECT r.id FROM release AS r))', name);
    END LOOP;
END
$$;

-- The names of those who asked for releases and decided on them, for who may decide.
CREATE OR REPLACE FUNCTION release_names() RETURNS TABLE (id bigint, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT u.id, u.display_name FROM app_user AS u
    WHERE may('approve_releases') AND EXISTS (SELECT FROM release AS r WHERE u.id IN (r.made_by, r.decided_by))
$$;

REVOKE ALL ON FUNCTION freeze_release_row(), freeze_release(), keep_releases(), next_release_number(date), ask_release(text),
    decide_release(text, boolean, text), release_names() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ask_release(text), decide_release(text, boolean, text), release_names() TO app_web;
GRANT SELECT ON release, release_area, release_count, release_aid TO app_web;

-- What anybody reads of releases: those that were approved, as they were sealed.
CREATE VIEW portal.release AS
SELECT r.number, r.month, r.as_of, r.census_year, r.boundaries, r.sample, r.checksum, r.decided_at::date AS approved_on,
    (SELECT n.number FROM ekasih.release AS n
     WHERE n.month = r.month AND n.id > r.id AND n.state = 'diluluskan' ORDER BY n.id DESC LIMIT 1) AS corrected_by
FROM ekasih.release AS r WHERE r.state = 'diluluskan';

CREATE VIEW portal.release_area AS
SELECT r.number, a.area_code, a.parent_code, a.name, a.shape
FROM ekasih.release_area AS a JOIN ekasih.release AS r ON r.id = a.release_id AND r.state = 'diluluskan';

CREATE VIEW portal.release_count AS
SELECT r.number, c.month, c.area_code, c.cut, c.measure, c.told, c.count, c.rate
FROM ekasih.release_count AS c JOIN ekasih.release AS r ON r.id = c.release_id AND r.state = 'diluluskan';

CREATE VIEW portal.release_aid AS
SELECT r.number, a.year, a.programme_code, a.programme_ms, a.programme_en, a.area_code, a.told, a.households, a.amount_rm
FROM ekasih.release_aid AS a JOIN ekasih.release AS r ON r.id = a.release_id AND r.state = 'diluluskan';

GRANT SELECT ON portal.release, portal.release_area, portal.release_count, portal.release_aid TO app_public;
