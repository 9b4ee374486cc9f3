-- Rounds of cleansing: the list is frozen once, each household of it gets one decision, and the counts add up at every commit.

INSERT INTO setting (key, value, least, most, step) VALUES ('rounds.investigate_days', '14', 1, 365, 1)
ON CONFLICT (key) DO UPDATE SET least = EXCLUDED.least, most = EXCLUDED.most, step = EXCLUDED.step;

CREATE POLICY read_own_office ON cleansing_round FOR SELECT TO app_web USING (works_in_office(office_code));
CREATE POLICY read_with_round ON round_household FOR SELECT TO app_web
USING (EXISTS (SELECT FROM cleansing_round AS r WHERE r.id = round_household.round_id));
CREATE POLICY read_with_round ON round_decision FOR SELECT TO app_web
USING (EXISTS (SELECT FROM cleansing_round AS r WHERE r.id = round_decision.round_id));
GRANT SELECT ON cleansing_round, round_household, round_decision TO app_web;

-- What was frozen and what was settled stands, whoever would change it.
CREATE OR REPLACE FUNCTION keep_round() RETURNS trigger
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'round_stands' USING ERRCODE = 'EK235';
END
$$;
CREATE OR REPLACE TRIGGER list_stands BEFORE UPDATE OR DELETE ON round_household
    FOR EACH ROW EXECUTE FUNCTION keep_round();
CREATE OR REPLACE TRIGGER decision_stands BEFORE UPDATE OR DELETE ON round_decision
    FOR EACH ROW WHEN (OLD.settled) EXECUTE FUNCTION keep_round();
CREATE OR REPLACE TRIGGER round_stands BEFORE UPDATE ON cleansing_round
    FOR EACH ROW WHEN (OLD.state = 'selesai' OR (OLD.office_code, OLD.years, OLD.frozen_on, OLD.households)
                       IS DISTINCT FROM (NEW.office_code, NEW.years, NEW.frozen_on, NEW.households))
    EXECUTE FUNCTION keep_round();

-- Counts a decision from the moment on that it is settled; the round is done with the last.
CREATE OR REPLACE FUNCTION count_round_decision() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    UPDATE cleansing_round AS r SET
        kekal = r.kekal + (NEW.decision = 'kekal')::integer, gugur = r.gugur + (NEW.decision = 'gugur')::integer,
        siasat = r.siasat + (NEW.decision = 'siasat')::integer, terbuka = r.terbuka - 1,
        state = CASE WHEN r.terbuka = 1 THEN 'selesai' ELSE r.state END,
        closed_on = CASE WHEN r.terbuka = 1 THEN current_date END
    WHERE r.id = NEW.round_id;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER decision_counted AFTER INSERT ON round_decision
    FOR EACH ROW WHEN (NEW.settled) EXECUTE FUNCTION count_round_decision();
CREATE OR REPLACE TRIGGER decision_seconded AFTER UPDATE ON round_decision
    FOR EACH ROW WHEN (NEW.settled AND NOT OLD.settled) EXECUTE FUNCTION count_round_decision();

-- At commit the counts of a round are those of its rows.
CREATE OR REPLACE FUNCTION round_adds_up() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF EXISTS (
        SELECT FROM cleansing_round AS r
        CROSS JOIN LATERAL (SELECT count(*) FROM round_household AS h WHERE h.round_id = r.id) AS f (frozen)
        CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE d.decision = 'kekal') AS kekal,
                                count(*) FILTER (WHERE d.decision = 'gugur') AS gugur,
                                count(*) FILTER (WHERE d.decision = 'siasat') AS siasat
                            FROM round_decision AS d JOIN round_household AS h USING (round_id, household_id)
                            WHERE d.round_id = r.id AND d.settled) AS d
        WHERE r.id = NEW.id AND (r.households, r.kekal, r.gugur, r.siasat) IS DISTINCT FROM (f.frozen, d.kekal, d.gugur, d.siasat)
    ) THEN
        RAISE EXCEPTION 'round_does_not_add_up' USING ERRCODE = 'EK236';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER round_adds_up AFTER INSERT OR UPDATE ON cleansing_round DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION round_adds_up();

-- Freezes the list of an office for the years named; answers the round's number.
CREATE OR REPLACE FUNCTION freeze_round(asked_office text, asked_years integer[]) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    made cleansing_round;
    years integer[] := ARRAY(SELECT DISTINCT y FROM unnest(asked_years) AS y WHERE y IS NOT NULL ORDER BY y);
    found bigint[];
    needed text[];
    claims boolean[];
BEGIN
    IF NOT may('approve_aid') OR NOT works_in_office(asked_office) THEN
        RAISE EXCEPTION 'round_not_permitted' USING ERRCODE = 'EK230';
    ELSIF cardinality(years) NOT BETWEEN 1 AND 10 OR EXISTS (
        SELECT FROM unnest(years) AS y WHERE y NOT BETWEEN 2000 AND extract(year FROM current_date)) THEN
        RAISE EXCEPTION 'round_years' USING ERRCODE = 'EK231';
    END IF;
    SELECT array_agg(r.household_id ORDER BY r.household_id), array_agg(array_to_string(r.needs, ',') ORDER BY r.household_id),
        array_agg(r.claimed ORDER BY r.household_id)
    INTO found, needed, claims FROM office_recipients(asked_office, years) AS r;
    IF found IS NULL THEN
        RAISE EXCEPTION 'round_empty' USING ERRCODE = 'EK232';
    END IF;
    INSERT INTO cleansing_round (office_code, years, households, terbuka, frozen_by)
    VALUES (asked_office, years, cardinality(found), cardinality(found), acting_user()) RETURNING * INTO made;
    INSERT INTO round_household (round_id, household_id, file_no, head_name, district_code, mukim_code, status, per_capita_rm,
        version, last_visit_on, point, claimed, needs, findings)
    SELECT made.id, h.id, h.file_no, h.head_name, h.district_code, h.mukim_code, h.status, h.per_capita_rm, h.version,
        h.last_visit_on, h.geom, w.claimed, string_to_array(w.needs, ','), f.findings
    FROM unnest(found, needed, claims) AS w (id, needs, claimed)
    JOIN household AS h ON h.id = w.id
    JOIN recipient_findings(asked_office, found, needed) AS f ON f.household_id = w.id;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, after)
    VALUES (acting_user(), acting_login(), 'freeze_round', 'cleansing_round', made.id,
            jsonb_build_object('number', made.number, 'office', asked_office, 'years', years, 'households', made.households));
    RETURN made.number;
EXCEPTION WHEN unique_violation THEN
    RAISE EXCEPTION 'round_running' USING ERRCODE = 'EK233';
END
$$;

-- Opens the case of a household that is to be looked into, or answers the one that is open.
CREATE OR REPLACE FUNCTION investigate_household(asked_household bigint, why text) RETURNS bigint
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    made bigint;
    home household;
BEGIN
    SELECT * INTO home FROM household AS h WHERE h.id = asked_household FOR NO KEY UPDATE;
    IF home.id IS NULL THEN
        RAISE EXCEPTION 'round_no_record' USING ERRCODE = 'EK238';
    END IF;
    SELECT c.id INTO made FROM case_file AS c JOIN case_state AS s ON s.code = c.state AND s.is_open
    WHERE c.household_id = home.id ORDER BY c.id DESC LIMIT 1;
    IF made IS NULL THEN
        INSERT INTO case_file (channel, state, district_code, mukim_code, household_id, head_name, due_on, created_by)
        VALUES ('review', 'due', home.district_code, home.mukim_code, home.id, home.head_name,
                due_within('rounds.investigate_days'), acting_user())
        RETURNING id INTO made;
        INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, district_code, after)
        VALUES (acting_user(), acting_login(), 'open_case', 'case', made, home.district_code,
                jsonb_build_object('channel', 'review', 'reason', why));
    END IF;
    RETURN made;
END
$$;

-- Decides on a household of a running round, or takes what another person proposed to drop: that needs the second one.
CREATE OR REPLACE FUNCTION decide_round(asked_number text, asked_household bigint, asked_decision text, asked_reason text)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    own cleansing_round;
    before round_decision;
    why text := btrim(coalesce(asked_reason, ''));
BEGIN
    SELECT * INTO own FROM cleansing_round AS r WHERE r.number = asked_number FOR UPDATE;
    IF own.id IS NULL OR NOT works_in_office(own.office_code) OR NOT EXISTS (
        SELECT FROM round_household AS h WHERE h.round_id = own.id AND h.household_id = asked_household) THEN
        RETURN NULL;
    END IF;
    SELECT * INTO before FROM round_decision AS d WHERE d.round_id = own.id AND d.household_id = asked_household;
    IF before.settled THEN
        RAISE EXCEPTION 'round_stands' USING ERRCODE = 'EK235';
    ELSIF NOT may('check_aid') OR asked_decision IN ('sahkan', 'tolak') AND NOT may('approve_aid') THEN
        RAISE EXCEPTION 'round_not_permitted' USING ERRCODE = 'EK230';
    ELSIF asked_decision NOT IN ('kekal', 'gugur', 'siasat', 'sahkan', 'tolak')
        OR (before.round_id IS NOT NULL) <> (asked_decision IN ('sahkan', 'tolak')) THEN
        RAISE EXCEPTION 'round_decision' USING ERRCODE = 'EK234';
    ELSIF asked_decision = 'sahkan' AND before.decided_by IS NOT DISTINCT FROM acting_user() THEN
        RAISE EXCEPTION 'round_same_person' USING ERRCODE = 'EK237';
    ELSIF asked_decision IN ('gugur', 'siasat', 'tolak') AND why = '' THEN
        RAISE EXCEPTION 'reason_missing' USING ERRCODE = 'EK003';
    END IF;
    IF asked_decision = 'sahkan' THEN
        UPDATE round_decision AS d SET second_by = acting_user(), second_at = clock_timestamp()
        WHERE d.round_id = own.id AND d.household_id = asked_household;
    ELSIF asked_decision = 'tolak' THEN
        DELETE FROM round_decision AS d WHERE d.round_id = own.id AND d.household_id = asked_household;
    ELSE
        INSERT INTO round_decision (round_id, household_id, decision, reason, decided_by, case_id)
        VALUES (own.id, asked_household, asked_decision, why, acting_user(),
                CASE WHEN asked_decision = 'siasat' THEN investigate_household(asked_household, why) END);
    END IF;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, district_code, after)
    SELECT acting_user(), acting_login(), 'decide_round', 'cleansing_round', own.id, h.district_code,
        jsonb_build_object('number', own.number, 'household', asked_household, 'decision', asked_decision, 'reason', why)
    FROM round_household AS h WHERE h.round_id = own.id AND h.household_id = asked_household;
    RETURN asked_decision;
END
$$;

-- Keeps those of a running round on whom nothing was decided and of whom nothing is odd, neither on the day of the list nor now;
-- answers how many.
CREATE OR REPLACE FUNCTION keep_unmarked(asked_number text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    own cleansing_round;
    kept integer;
BEGIN
    SELECT * INTO own FROM cleansing_round AS r WHERE r.number = asked_number FOR UPDATE;
    IF own.id IS NULL OR NOT works_in_office(own.office_code) THEN
        RETURN NULL;
    ELSIF NOT may('check_aid') THEN
        RAISE EXCEPTION 'round_not_permitted' USING ERRCODE = 'EK230';
    END IF;
    WITH open_ones AS MATERIALIZED (
        SELECT h.household_id, array_to_string(h.needs, ',') AS needs FROM round_household AS h
        WHERE h.round_id = own.id AND h.findings = '{}' AND NOT EXISTS (
            SELECT FROM round_decision AS d WHERE d.round_id = own.id AND d.household_id = h.household_id)
    ), whole AS (
        SELECT array_agg(o.household_id ORDER BY o.household_id) AS ids, array_agg(o.needs ORDER BY o.household_id) AS needs
        FROM open_ones AS o
    ), made AS (
        INSERT INTO round_decision (round_id, household_id, decision, decided_by)
        SELECT own.id, n.household_id, 'kekal', acting_user()
        FROM whole AS w CROSS JOIN LATERAL recipient_findings(own.office_code, w.ids, w.needs) AS n
        WHERE n.findings = '{}'
        RETURNING household_id
    )
    SELECT count(*) INTO kept FROM made;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, after)
    VALUES (acting_user(), acting_login(), 'decide_round', 'cleansing_round', own.id,
            jsonb_build_object('number', own.number, 'decision', 'kekal', 'households', kept));
    RETURN kept;
END
$$;

-- How households of a round stand today, beside what was frozen: what is odd now of each, and of those whose record who is
-- acting reads its status, version and days.
CREATE OR REPLACE FUNCTION round_now(asked_number text, asked_households bigint[])
RETURNS TABLE (household_id bigint, readable boolean, status text, version integer, last_visit_on date, exited_on date,
               findings text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    WITH asked AS MATERIALIZED (
        SELECT r.office_code, f.household_id, array_to_string(f.needs, ',') AS needs
        FROM cleansing_round AS r JOIN round_household AS f ON f.round_id = r.id
        WHERE r.number = asked_number AND works_in_office(r.office_code) AND f.household_id = ANY (asked_households)
    )
    SELECT n.household_id, coalesce(t.readable, false), CASE WHEN t.readable THEN h.status END, CASE WHEN t.readable THEN h.version END,
        CASE WHEN t.readable THEN h.last_visit_on END, CASE WHEN t.readable THEN h.exited_on END, n.findings
    FROM (SELECT min(a.office_code) AS office, array_agg(a.household_id ORDER BY a.household_id) AS ids,
                 array_agg(a.needs ORDER BY a.household_id) AS needs FROM asked AS a) AS all_of
    CROSS JOIN LATERAL recipient_findings(all_of.office, all_of.ids, all_of.needs) AS n
    LEFT JOIN household AS h ON h.id = n.household_id
    LEFT JOIN LATERAL (SELECT in_reach(h.district_code, h.catchment_codes) AS readable) AS t ON true
$$;

REVOKE ALL ON FUNCTION freeze_round(text, integer[]), investigate_household(bigint, text),
    decide_round(text, bigint, text, text), keep_unmarked(text), round_now(text, bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION freeze_round(text, integer[]), decide_round(text, bigint, text, text), keep_unmarked(text),
    round_now(text, bigint[]) TO app_web;
