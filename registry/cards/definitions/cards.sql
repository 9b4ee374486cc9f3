-- Identity cards: who may ask, who decides, and what a card's code opens.

-- The file numbers among those asked for that the register knows in a state and in the territory of who asks. One that
-- is another's answers as one that does not exist. Each question is written down; SQLSTATE EK010: too many this hour.
CREATE OR REPLACE FUNCTION file_numbers_known(asked text[], state text) RETURNS text[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    most integer := coalesce((SELECT (value #>> '{}')::integer FROM setting WHERE key = 'cards.requests_per_hour'), 20);
    known text[];
BEGIN
    IF NOT may('request_cards') OR acting_user() IS NULL THEN
        RAISE EXCEPTION 'may not request cards' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF cardinality(asked) > 100 OR (SELECT count(*) FROM audit_log AS a
            WHERE a.action = 'ask_for_cards' AND a.actor_id = acting_user() AND a.at > now() - interval '1 hour') >= most
    THEN
        RAISE EXCEPTION 'too_many_checks' USING ERRCODE = 'EK010';
    END IF;
    SELECT coalesce(array_agg(h.file_no ORDER BY h.file_no), '{}') INTO known
    FROM household AS h
    WHERE h.file_no = ANY (asked) AND h.state_code = state AND in_reach(h.district_code, h.catchment_codes)
        AND h.exited_on IS NULL;
    INSERT INTO audit_log (actor_id, actor, action, subject, after)
    VALUES (acting_user(), acting_login(), 'ask_for_cards', 'card_request', jsonb_build_object(
        'state_code', state, 'asked', cardinality(asked), 'found', cardinality(known)));
    RETURN known;
END
$$;

-- What the code of a card opens: whether it is valid and which office holds the record; the household only for who may
-- see it. No row for an unknown code. Each opening is written down without the code; SQLSTATE EK010: too many a minute.
CREATE OR REPLACE FUNCTION open_card(hash text)
RETURNS TABLE (number text, valid boolean, district_name text, state_name text, household_id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    most integer := coalesce((SELECT (value #>> '{}')::integer FROM setting WHERE key = 'cards.opened_per_minute'), 30);
    opened card;
    home household;
    office text;
BEGIN
    IF acting_user() IS NULL THEN
        RAISE EXCEPTION 'nobody is signed in' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (SELECT count(*) FROM audit_log AS a WHERE a.action = 'open_card' AND a.actor_id = acting_user()
            AND a.at > now() - interval '1 minute') >= most THEN
        RAISE EXCEPTION 'too_many_checks' USING ERRCODE = 'EK010';
    END IF;
    SELECT * INTO opened FROM card AS c WHERE c.token_hash = hash;
    SELECT * INTO home FROM household AS h WHERE h.id = opened.household_id;
    office := coalesce(home.district_code, opened.district_code);
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, district_code, after)
    VALUES (acting_user(), acting_login(), 'open_card', 'card', opened.id, office,
            jsonb_build_object('known', opened.id IS NOT NULL));
    IF opened.id IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
        SELECT opened.number, opened.state = 'valid' AND opened.valid_until >= current_date AND home.id IS NOT NULL
                AND home.exited_on IS NULL,
            district.name, above.name,
            CASE WHEN sees_persons() AND in_reach(home.district_code, home.catchment_codes) THEN home.id END
        FROM area AS district JOIN area AS above ON above.code = district.state_code
        WHERE district.code = office;
END
$$;

CREATE POLICY read_own ON card_request FOR SELECT TO app_web
USING ((SELECT may('request_cards')) AND requested_by = (SELECT acting_user()));
CREATE POLICY read_own_state ON card_request FOR SELECT TO app_web
USING ((SELECT may('issue_cards')) AND covers_state(state_code));
CREATE POLICY ask ON card_request FOR INSERT TO app_web
WITH CHECK ((SELECT may('request_cards')) AND requested_by = (SELECT acting_user()) AND state = 'requested');
CREATE POLICY decide ON card_request FOR UPDATE TO app_web
USING ((SELECT may('issue_cards')) AND covers_state(state_code) AND requested_by <> (SELECT acting_user()))
WITH CHECK ((SELECT may('issue_cards')) AND covers_state(state_code) AND requested_by <> (SELECT acting_user()));

CREATE POLICY issue_own_area ON card TO app_web
USING ((SELECT may('issue_cards'))
       AND ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[])))
WITH CHECK ((SELECT may('issue_cards'))
       AND ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[])));

-- who asks for cards sees no household, yet may read back what was written down of the own requests
CREATE POLICY read_own_requests ON audit_log FOR SELECT TO app_web
USING (subject = 'card_request' AND actor_id = (SELECT acting_user()));

GRANT SELECT, INSERT (requested_by, agency, purpose, state_code, file_numbers, not_found),
    UPDATE (state, decided_by, decided_at, reason, issued_at, version) ON card_request TO app_web;
GRANT SELECT, INSERT (request_id, household_id, district_code, valid_until, issued_by),
    UPDATE (state, ended_at, ended_reason, token_hash, printed_at, version) ON card TO app_web;
REVOKE ALL ON FUNCTION file_numbers_known(text[], text), open_card(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION file_numbers_known(text[], text), open_card(text) TO app_web;
