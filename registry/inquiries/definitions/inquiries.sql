-- Semakan awam: what is asked is stored and read by nobody who asked; a job finds the office that answers.

INSERT INTO setting (key, value, least, most, step) VALUES
    ('inquiries.answer_days', '5', 1, 60, 1),
    ('inquiries.kept_days', '90', 7, 730, 1)
ON CONFLICT (key) DO UPDATE SET least = EXCLUDED.least, most = EXCLUDED.most, step = EXCLUDED.step;

-- Takes in a question, whatever it says: one insert, which reads nothing of the register.
CREATE OR REPLACE FUNCTION portal.send_inquiry(
    new_reference text, identity text, telephone text, answer_by text, wished_district text
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    added bigint;
BEGIN
    INSERT INTO status_inquiry (reference, identity, telephone, answer_by, wished_district)
    VALUES (new_reference, left(identity, 40), left(telephone, 20),
            CASE WHEN answer_by IN ('kaunter', 'telefon', 'surat') THEN answer_by ELSE '' END, left(wished_district, 4))
    RETURNING id INTO added;
    INSERT INTO audit_log (actor, action, subject, subject_id) VALUES ('portal', 'send_inquiry', 'inquiry', added);
    PERFORM put_system_job('inquiries.sort', '{}'::jsonb);
END
$$;

-- Whether a code answers, and what it says: registered or not any more, the month of the last update, the office, whether a review
-- is due. No row for a wrong code, an unknown number, one that is over or withdrawn: each is one look-up that misses.
CREATE OR REPLACE FUNCTION portal.open_code(asked bytea)
RETURNS TABLE (registered boolean, updated_on date, district_code text, due boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    opened check_code;
BEGIN
    SELECT * INTO opened FROM check_code AS c
    WHERE c.digest = asked AND c.withdrawn_at IS NULL AND c.valid_until >= current_date;
    INSERT INTO audit_log (actor, action, subject, subject_id, after)
    VALUES ('portal', 'open_check_code', 'check_code', opened.id, jsonb_build_object('known', opened.id IS NOT NULL));
    RETURN QUERY
        SELECT h.exited_on IS NULL, date_trunc('month', h.updated_at)::date, h.district_code, coalesce(h.next_review_on <= current_date, false)
        FROM household AS h WHERE h.id = opened.household_id;
END
$$;

-- The offices that people turn to.
CREATE VIEW portal.office AS
SELECT o.district_code, o.address, o.telephone, o.hours FROM ekasih.district_office AS o;

-- Finds the office of what came in: that which holds the record of the number, else the one that was wished for. Questions about one
-- number within 30 days are one, whose count grows. Answers how many were sorted.
CREATE OR REPLACE FUNCTION sort_inquiries() RETURNS bigint
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    sorted bigint;
BEGIN
    -- questions about the same number that came together are joined in their order
    PERFORM pg_advisory_xact_lock(hashtextextended('ekasih.sort_inquiries', 0));
    UPDATE status_inquiry AS i
    SET number = CASE WHEN length(regexp_replace(i.identity, '[^0-9]', '', 'g')) = 12
                      THEN regexp_replace(i.identity, '[^0-9]', '', 'g') END
    WHERE i.state = 'baru';
    UPDATE status_inquiry AS i
    SET state = 'digabung', joined_to = f.id, closed_at = now(), identity = '', telephone = ''
    FROM (SELECT n.id AS new_id, first.id
          FROM status_inquiry AS n
          CROSS JOIN LATERAL (
              SELECT e.id FROM status_inquiry AS e
              WHERE e.number = n.number AND e.asked_at > n.asked_at - interval '30 days' AND e.id < n.id
                  AND e.state IN ('baru', 'menunggu')
              ORDER BY e.id LIMIT 1) AS first
          WHERE n.state = 'baru' AND n.number IS NOT NULL) AS f
    WHERE i.id = f.new_id;
    UPDATE status_inquiry AS i SET asked_times = 1 + g.more
    FROM (SELECT j.joined_to, count(*)::integer AS more FROM status_inquiry AS j
          WHERE j.joined_to IN (SELECT n.joined_to FROM status_inquiry AS n WHERE n.closed_at = now() AND n.state = 'digabung')
          GROUP BY j.joined_to) AS g
    WHERE i.id = g.joined_to;
    UPDATE status_inquiry AS i
    SET state = 'menunggu', household_id = f.household_id, office_code = o.code,
        due_on = working_day_after(portal_setting('inquiries.answer_days'), left(o.code, 2))
    FROM status_inquiry AS n
    LEFT JOIN LATERAL (
        SELECT h.id AS household_id, h.district_code
        FROM person AS p JOIN household AS h ON h.id = p.household_id
        WHERE p.id_no = n.number AND h.exited_on IS NULL
        ORDER BY p.is_head DESC, h.id LIMIT 1) AS f ON true
    LEFT JOIN area AS o ON o.level = 'district' AND o.code = coalesce(f.district_code, n.wished_district)
    WHERE n.id = i.id AND i.state = 'baru';
    GET DIAGNOSTICS sorted = ROW_COUNT;
    RETURN sorted;
END
$$;

-- Records that moved to another district since take their question with them; what was over long ago says nothing any more.
CREATE OR REPLACE FUNCTION sweep_inquiries() RETURNS void
LANGUAGE sql SET search_path = ekasih, public, pg_temp
AS $$
    UPDATE status_inquiry AS i SET office_code = h.district_code
    FROM household AS h
    WHERE i.state = 'menunggu' AND h.id = i.household_id AND i.office_code IS DISTINCT FROM h.district_code;
    UPDATE status_inquiry AS i SET identity = '', telephone = '', number = NULL
    WHERE (i.identity <> '' OR i.telephone <> '' OR i.number IS NOT NULL)
        AND i.closed_at < now() - make_interval(days => portal_setting('inquiries.kept_days'));
$$;

-- Notes what became of a question: answered (dijawab), the asker did not wish to (enggan), or not reached (tidak_dijawab), of which the
-- third closes it. SQLSTATE 42501, EK019 (changed meanwhile).
CREATE OR REPLACE FUNCTION note_inquiry(asked bigint, seen_version integer, outcome text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    noted status_inquiry;
    next_state text;
BEGIN
    SELECT * INTO noted FROM status_inquiry AS i WHERE i.id = asked AND i.state <> 'baru' FOR UPDATE;
    IF noted.id IS NULL OR NOT answers_inquiries(noted.office_code) OR outcome NOT IN ('dijawab', 'enggan', 'tidak_dijawab') THEN
        RAISE EXCEPTION 'no such inquiry' USING ERRCODE = 'insufficient_privilege';
    ELSIF noted.version <> seen_version OR noted.state <> 'menunggu' THEN
        RAISE EXCEPTION 'stale' USING ERRCODE = 'EK019';
    END IF;
    next_state := CASE WHEN outcome <> 'tidak_dijawab' THEN outcome WHEN noted.tries >= 2 THEN 'tidak_dihubungi' ELSE 'menunggu' END;
    UPDATE status_inquiry AS i
    SET state = next_state, tries = i.tries + (outcome = 'tidak_dijawab')::integer, version = i.version + 1,
        closed_at = CASE WHEN next_state <> 'menunggu' THEN now() END,
        closed_by = CASE WHEN next_state <> 'menunggu' THEN acting_user() END
    WHERE i.id = asked;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, district_code, after)
    VALUES (acting_user(), acting_login(), 'note_inquiry', 'inquiry', asked, noted.office_code,
            jsonb_build_object('outcome', outcome, 'state', next_state));
    RETURN next_state;
END
$$;

-- Whether who is acting answers what is asked of an office; what no office was found for is the country's.
CREATE OR REPLACE FUNCTION answers_inquiries(office text) RETURNS boolean LANGUAGE sql STABLE
AS $$ SELECT ekasih.sees_persons() AND ekasih.may('check_status') AND ekasih.in_territory(office) $$;

CREATE POLICY read_own_office ON status_inquiry FOR SELECT TO app_web
USING (state <> 'baru' AND (SELECT sees_persons()) AND (SELECT may('check_status'))
       AND ((SELECT nationwide()) OR office_code = ANY ((SELECT acting_districts())::text[])));
GRANT SELECT ON status_inquiry TO app_web;

-- a code is made for a household that who acts sees, and its hash is read by nobody
CREATE POLICY read_with_household ON check_code FOR SELECT TO app_web
USING ((SELECT sees_persons()) AND EXISTS (SELECT FROM household AS h WHERE h.id = check_code.household_id));
CREATE POLICY make ON check_code FOR INSERT TO app_web
WITH CHECK ((SELECT sees_persons()) AND made_by = (SELECT acting_user())
            AND EXISTS (SELECT FROM household AS h WHERE h.id = check_code.household_id AND h.exited_on IS NULL
                        AND in_territory(h.district_code)));
CREATE POLICY withdraw ON check_code FOR UPDATE TO app_web
USING ((SELECT sees_persons()) AND EXISTS (SELECT FROM household AS h WHERE h.id = check_code.household_id
                                           AND in_territory(h.district_code)));
GRANT SELECT (id, household_id, way, made_by, made_at, valid_until, withdrawn_at),
    INSERT (household_id, digest, way, made_by, valid_until), UPDATE (withdrawn_at) ON check_code TO app_web;

CREATE POLICY read_everyone ON district_office FOR SELECT TO app_web USING (true);
CREATE POLICY change_own ON district_office TO app_web
USING ((SELECT may('assign')) AND in_territory(district_code))
WITH CHECK ((SELECT may('assign')) AND in_territory(district_code));
GRANT SELECT, INSERT (district_code, address, telephone, hours),
    UPDATE (address, telephone, hours, version) ON district_office TO app_web;

REVOKE ALL ON FUNCTION portal.send_inquiry(text, text, text, text, text), portal.open_code(bytea), sort_inquiries(),
    sweep_inquiries(), note_inquiry(bigint, integer, text), answers_inquiries(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal.send_inquiry(text, text, text, text, text), portal.open_code(bytea) TO app_public;
GRANT EXECUTE ON FUNCTION note_inquiry(bigint, integer, text), answers_inquiries(text) TO app_web;
GRANT SELECT ON portal.office TO app_public;
