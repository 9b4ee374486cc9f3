-- Reports: a closed month is told once, editions never change, and who reads which of them.

-- Whether exact figures of an area may be told to who is acting: they see the persons of all of it.
CREATE OR REPLACE FUNCTION sees_area(asked_area text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT sees_persons() AND (nationwide() OR coalesce(left(asked_area, 4) = ANY (acting_districts()), false)
        OR (asked_area ~ '^[0-9]{2}$' AND covers_state(asked_area)))
$$;

-- Keeps what a publication says of the closed months that none before it told. Every report reads a month from here, so that
-- all reports together tell of a month what one publication told, and that was protected as a whole.
CREATE OR REPLACE FUNCTION tell_months() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    running date := date_trunc('month', NEW.as_of);
    last_told date;
BEGIN
    WITH told AS (
        INSERT INTO report_month (month, snapshot, as_of)
        SELECT c.month, NEW.id, NEW.as_of FROM published_count AS c
        WHERE c.area_code = 'MY' AND c.cut = 'all' AND c.month < running
        ON CONFLICT DO NOTHING
        RETURNING month
    )
    INSERT INTO report_count (month, area_code, cut, tegar, miskin, gap_rm)
    SELECT c.month, c.area_code, c.cut, c.tegar, c.miskin, c.gap_rm
    FROM told JOIN published_count AS c ON c.month = told.month AND c.cut IN ('all', 'urban', 'rural');
    SELECT max(m.month) INTO last_told FROM report_month AS m WHERE m.snapshot = NEW.id;
    -- what has no months of its own is of the moment at which the last closed one was told
    IF last_told = (SELECT max(m.month) FROM report_month AS m) THEN
        INSERT INTO report_figure (month, subject, area_code, cut, figure, value)
        SELECT last_told, 'fault', f.area_code, f.kind, 'households', f.households FROM published_fault AS f
        UNION ALL
        SELECT last_told, 'share', s.area_code, s.indicator_code, 'share', s.share FROM published_share AS s
        UNION ALL
        SELECT last_told, 'project', p.area_code, p.type_code, 'projects', p.projects FROM published_project AS p
        UNION ALL
        SELECT last_told, 'aid', a.area_code, a.cut, one.figure, one.value
        FROM published_aid AS a
        CROSS JOIN LATERAL (VALUES ('aided', a.aided::numeric), ('never', a.never::numeric),
            ('households', a.households::numeric), ('amount_rm', a.amount_rm)) AS one (figure, value);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER tell_months AFTER INSERT ON publication FOR EACH ROW EXECUTE FUNCTION tell_months();

CREATE OR REPLACE FUNCTION keep_editions() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION 'edition_stands' USING ERRCODE = 'EK281';
END
$$;
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['report_edition', 'report_month', 'report_count', 'report_figure']
    LOOP
        EXECUTE format('CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION keep_editions()', name);
    END LOOP;
END
$$;

-- The id of an edition that is about to be made: it stands in the document itself.
CREATE OR REPLACE FUNCTION next_edition() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$ SELECT nextval(pg_get_serial_sequence('ekasih.report_edition', 'id')) WHERE may('read_aggregates') $$;

-- Keeps an edition for who is acting; its number. ``facts`` are its columns by name.
CREATE OR REPLACE FUNCTION keep_edition(facts jsonb, asked_content text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    made report_edition := jsonb_populate_record(NULL::report_edition, facts);
    asked report;
BEGIN
    SELECT * INTO asked FROM report AS r WHERE r.code = made.report;
    IF asked.code IS NULL OR NOT may(asked.permission) OR ((made.exact OR asked.exact_only) AND NOT sees_area(made.area_code))
        OR (made.report = 'jadual' AND NOT EXISTS (
            SELECT FROM report_table AS t WHERE t.id = made.table_id AND (t.shared OR t.owner_id = acting_user())))
    THEN
        RAISE EXCEPTION 'may not make this report' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (SELECT FROM report_month AS m WHERE m.month = made.month) THEN
        RAISE EXCEPTION 'report_month_open' USING ERRCODE = 'EK280';
    END IF;
    INSERT INTO report_edition (id, number, report, table_id, title, area_code, month, language, exact, snapshot, as_of, sample,
        program, content, content_sha256, pdf_sha256, xlsx_sha256, csv_sha256, pages, made_by, scheduled)
    OVERRIDING SYSTEM VALUE
    VALUES (made.id, 'L' || lpad(made.id::text, 8, '0'), made.report, made.table_id, made.title, made.area_code, made.month,
        made.language, made.exact, made.snapshot, made.as_of, made.sample, made.program, asked_content,
        encode(sha256(convert_to(asked_content, 'UTF8')), 'hex'), made.pdf_sha256, made.xlsx_sha256, made.csv_sha256,
        made.pages, acting_user(), coalesce(made.scheduled, false))
    RETURNING * INTO made;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, after)
    VALUES (acting_user(), acting_login(), 'make_report', 'report', made.id,
            jsonb_build_object('number', made.number, 'report', made.report, 'area', made.area_code, 'month', made.month,
                               'checksum', made.pdf_sha256));
    RETURN made.number;
END
$$;

-- The day from which a table is made next: weekly on Mondays, monthly on the second, when the month before is closed and told.
CREATE OR REPLACE FUNCTION next_table_day(asked_every text, after_day date) RETURNS date
LANGUAGE sql IMMUTABLE
AS $$
    SELECT CASE asked_every
        WHEN 'mingguan' THEN (date_trunc('week', after_day) + interval '1 week')::date
        WHEN 'bulanan' THEN (date_trunc('month', after_day - 1) + interval '1 month 1 day')::date END
$$;

-- Keeps a table of one's own, a new one without an id; answers its id.
CREATE OR REPLACE FUNCTION save_report_table(asked_id bigint, asked_name text, asked_spec jsonb, asked_language text,
    is_shared boolean, asked_every text, asked_email text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    kept bigint;
    due date := next_table_day(asked_every, (now() AT TIME ZONE 'Asia/Kuala_Lumpur')::date);
BEGIN
    IF NOT may('read_aggregates') THEN
        RAISE EXCEPTION 'may not keep a table' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF asked_id IS NULL THEN
        PERFORM pg_advisory_xact_lock(hashtextextended('ekasih.report_table', acting_user()));
        IF (SELECT count(*) FROM report_table AS t WHERE t.owner_id = acting_user() AND t.retired_at IS NULL) >= 50 THEN
            RAISE EXCEPTION 'too_many_tables' USING ERRCODE = 'EK282';
        END IF;
        INSERT INTO report_table (name, owner_id, shared, spec, language, every, email, next_on)
        VALUES (asked_name, acting_user(), is_shared, asked_spec, asked_language, asked_every, asked_email, due)
        RETURNING id INTO kept;
    ELSE
        UPDATE report_table AS t
        SET name = asked_name, shared = is_shared, spec = asked_spec, language = asked_language, email = asked_email,
            next_on = CASE WHEN t.every = asked_every THEN t.next_on ELSE due END, every = asked_every
        WHERE t.id = asked_id AND t.owner_id = acting_user() AND t.retired_at IS NULL
        RETURNING t.id INTO kept;
        IF kept IS NULL THEN
            RAISE EXCEPTION 'not_found' USING ERRCODE = 'EK065';
        END IF;
    END IF;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, after)
    VALUES (acting_user(), acting_login(), 'save_report_table', 'report_table', kept,
            jsonb_build_object('shared', is_shared, 'every', asked_every));
    RETURN kept;
END
$$;

-- Whether who is acting has opened an edition.
CREATE OR REPLACE FUNCTION opened_edition(asked_id bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM audit_log AS a
                   WHERE a.subject = 'report' AND a.subject_id = asked_id AND a.actor_id = acting_user()
                       AND a.action IN ('read', 'export'))
$$;

-- Takes a table of one's own away; its editions stay.
CREATE OR REPLACE FUNCTION retire_report_table(asked_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    UPDATE report_table AS t SET retired_at = clock_timestamp(), every = '', next_on = NULL
    WHERE t.id = asked_id AND t.owner_id = acting_user() AND t.retired_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'not_found' USING ERRCODE = 'EK065';
    END IF;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id)
    VALUES (acting_user(), acting_login(), 'retire_report_table', 'report_table', asked_id);
END
$$;

-- Whether a file with this hash is one of an edition: anybody who is signed in may ask, and is told the number, the kind of
-- file, the day and whether it is sample data, nothing of what is in it.
CREATE OR REPLACE FUNCTION edition_of_hash(asked text)
RETURNS TABLE (number text, kind text, made_on date, sample boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT e.number, one.kind, e.made_at::date, e.sample
    FROM report_edition AS e
    CROSS JOIN LATERAL (VALUES ('pdf', e.pdf_sha256), ('xlsx', e.xlsx_sha256), ('csv', e.csv_sha256)) AS one (kind, hash)
    WHERE signed_in() AND asked IN (e.pdf_sha256, e.xlsx_sha256, e.csv_sha256) AND one.hash = asked
    ORDER BY e.id LIMIT 1
$$;

-- What was done in a month, by kind, for who reads the audit log: numbers of entries, of nobody.
CREATE OR REPLACE FUNCTION audit_month(asked_month date) RETURNS TABLE (action text, people bigint, entries bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT a.action, count(DISTINCT a.actor_id), count(*) FROM audit_log AS a
    WHERE may('read_audit') AND a.at >= asked_month::timestamp AT TIME ZONE 'Asia/Kuala_Lumpur'
        AND a.at < (asked_month + interval '1 month') AT TIME ZONE 'Asia/Kuala_Lumpur'
    GROUP BY a.action
$$;

CREATE POLICY read_allowed ON report FOR SELECT TO app_web USING ((SELECT signed_in()) AND (SELECT may(permission)));
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['report_month', 'report_count', 'report_figure']
    LOOP
        EXECUTE format('CREATE POLICY read_signed_in ON %I FOR SELECT TO app_web USING ((SELECT signed_in()))', name);
    END LOOP;
END
$$;
CREATE POLICY read_own_or_shared ON report_table FOR SELECT TO app_web
USING ((SELECT may('read_aggregates')) AND retired_at IS NULL AND (shared OR owner_id = (SELECT acting_user())));
CREATE POLICY read_allowed ON report_edition FOR SELECT TO app_web
USING (report IN (SELECT r.code FROM report AS r)
       AND (NOT exact OR (SELECT sees_persons()) AND sees_area(area_code))
       AND (table_id IS NULL OR made_by = (SELECT acting_user()) OR table_id IN (SELECT t.id FROM report_table AS t)));

REVOKE ALL ON FUNCTION sees_area(text), tell_months(), keep_editions(), next_edition(), keep_edition(jsonb, text),
    edition_of_hash(text), audit_month(date), next_table_day(text, date), opened_edition(bigint),
    save_report_table(bigint, text, jsonb, text, boolean, text, text), retire_report_table(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sees_area(text), next_edition(), keep_edition(jsonb, text), edition_of_hash(text), audit_month(date),
    opened_edition(bigint),
    save_report_table(bigint, text, jsonb, text, boolean, text, text), retire_report_table(bigint) TO app_web;
GRANT SELECT ON report, report_month, report_count, report_figure, report_table, report_edition TO app_web;
