-- What was given: who reads it, that it is never changed, what becomes of it when two records are merged.

-- Whether all that an agency works in is the territory of who is acting, who belongs to none by office.
CREATE OR REPLACE FUNCTION oversees_agency(asked integer) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT of_no_agency() AND (nationwide() OR EXISTS (
        SELECT FROM agency AS a WHERE a.id = asked AND cardinality(a.areas) > 0
            AND territory_districts(a.areas) <@ acting_districts()))
$$;

-- Whether who is acting settles a held row: it is of an own district; without one, its agency works in own ones alone.
CREATE OR REPLACE FUNCTION settles(asked aid_row) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT of_no_agency()
        AND CASE WHEN asked.district_code IS NULL THEN oversees_agency(asked.agency_id)
                 ELSE in_territory(asked.district_code) END
$$;

-- An agency reads its own lines. Who sees the persons of a household, and belongs to no agency, reads all of its aid; an
-- agency learns of others' aid by aid_of_household() alone.
CREATE POLICY read_own ON aid_line FOR SELECT TO app_web USING (agency_id = (SELECT acting_agency()));
CREATE POLICY read_with_household ON aid_line FOR SELECT TO app_web
USING ((SELECT sees_persons() AND acting_agency() IS NULL)
       AND EXISTS (SELECT FROM household AS h WHERE h.id = aid_line.household_id));
CREATE POLICY read_with_line ON aid_reversal FOR SELECT TO app_web
USING (EXISTS (SELECT FROM aid_line AS l WHERE l.id = aid_reversal.line_id));
CREATE POLICY read_own ON aid_claim FOR SELECT TO app_web USING (agency_id = (SELECT acting_agency()));
CREATE POLICY read_with_household ON aid_claim FOR SELECT TO app_web
USING ((SELECT sees_persons() AND acting_agency() IS NULL)
       AND EXISTS (SELECT FROM household AS h WHERE h.id = aid_claim.household_id));
CREATE POLICY read_with_claim ON aid_override FOR SELECT TO app_web
USING (EXISTS (SELECT FROM aid_claim AS c WHERE c.override_id = aid_override.id));
CREATE POLICY read_own ON aid_delivery FOR SELECT TO app_web
USING ((SELECT may('deliver_aid_lines')) AND coalesce(agency_id = (SELECT acting_agency()), oversees_agency(agency_id)));
-- whoever sent deliveries for agencies reads what became of them, the rows to correct and send again with it
CREATE POLICY read_own_upload ON aid_delivery FOR SELECT TO app_web
USING ((SELECT may('deliver_aid_lines')) AND (SELECT acting_agency() IS NULL)
       AND EXISTS (SELECT FROM delivery_upload AS u
                   WHERE u.id = aid_delivery.upload_id AND u.uploaded_by = (SELECT acting_user())));
CREATE POLICY read_own_upload ON aid_row FOR SELECT TO app_web
USING ((SELECT may('deliver_aid_lines')) AND (SELECT acting_agency() IS NULL) AND (SELECT sees_persons())
       AND EXISTS (SELECT FROM aid_delivery AS d JOIN delivery_upload AS u ON u.id = d.upload_id
                   WHERE d.id = aid_row.delivery_id AND u.uploaded_by = (SELECT acting_user())));
-- what is held and what came back: the agency's own, and those who settle what is held in their districts
CREATE POLICY read_own ON aid_row FOR SELECT TO app_web USING (agency_id = (SELECT acting_agency()));
CREATE POLICY read_to_settle ON aid_row FOR SELECT TO app_web USING ((SELECT may('settle_aid')) AND settles(aid_row));
CREATE POLICY read_own ON aid_pair FOR SELECT TO app_web
USING ((SELECT acting_agency()) IN (standing_agency_id, other_agency_id));
CREATE POLICY read_with_household ON aid_pair FOR SELECT TO app_web
USING ((SELECT sees_persons() AND acting_agency() IS NULL) AND in_territory(district_code));
-- what is kept of effects may be told to everybody
CREATE POLICY read_signed_in ON aid_effect FOR SELECT TO app_web USING ((SELECT signed_in()));
GRANT SELECT ON aid_effect, aid_line, aid_reversal, aid_claim, aid_override, aid_delivery, aid_row, aid_pair TO app_web;

-- Lines and reversals are only added; who a line is about follows a merge of records, and nothing else of it changes.
CREATE OR REPLACE FUNCTION keep_aid_as_given() RETURNS trigger LANGUAGE plpgsql
AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - ARRAY['household_id', 'person_id'] = to_jsonb(NEW) - ARRAY['household_id', 'person_id'] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'aid_given_stands' USING ERRCODE = 'EK060';
END
$$;
CREATE OR REPLACE TRIGGER keep_as_given BEFORE UPDATE OR DELETE ON aid_line
    FOR EACH ROW EXECUTE FUNCTION keep_aid_as_given();
CREATE OR REPLACE TRIGGER keep_as_given BEFORE UPDATE OR DELETE ON aid_reversal
    FOR EACH ROW EXECUTE FUNCTION keep_aid_as_given();

-- Who belongs to no agency sees which of their households have a protected place.
CREATE POLICY read_with_household ON protected_place FOR SELECT TO app_web
USING ((SELECT sees_persons() AND acting_agency() IS NULL)
       AND EXISTS (SELECT FROM household AS h WHERE h.id = protected_place.household_id));
GRANT SELECT ON protected_place TO app_web;

-- Whether who is acting belongs to an agency that may not learn by whom and where this household is aided.
CREATE OR REPLACE FUNCTION place_hidden(asked_household bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT acting_agency() IS NOT NULL AND (
        EXISTS (SELECT FROM protected_place AS p WHERE p.household_id = asked_household)
        -- what is not known counts as protected
        OR NOT EXISTS (SELECT FROM household AS h WHERE h.id = asked_household))
$$;

-- Marks the place of a household as protected, or no longer so.
CREATE OR REPLACE FUNCTION mark_protected_place(asked_household bigint, protect boolean, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    home household;
BEGIN
    SELECT * INTO home FROM household AS h WHERE h.id = asked_household FOR NO KEY UPDATE;
    IF home.id IS NULL OR NOT may('settle_aid') OR NOT sees_persons() OR acting_agency() IS NOT NULL
        OR NOT in_reach(home.district_code, home.catchment_codes) THEN
        RAISE EXCEPTION 'not_found' USING ERRCODE = 'EK065';
    END IF;
    IF btrim(coalesce(reason, '')) = '' THEN
        RAISE EXCEPTION 'reason_missing' USING ERRCODE = 'EK003';
    END IF;
    IF protect THEN
        INSERT INTO protected_place (household_id, reason, marked_by)
        VALUES (home.id, btrim(reason), acting_login()) ON CONFLICT DO NOTHING;
    ELSE
        DELETE FROM protected_place WHERE household_id = home.id;
    END IF;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, district_code, after)
    VALUES (acting_user(), acting_login(), CASE WHEN protect THEN 'protect_place' ELSE 'unprotect_place' END, 'household',
            home.id, home.district_code, jsonb_build_object('reason', btrim(reason)));
END
$$;

-- The aid of a household as who is acting may know it: of other agencies an agency learns which need is met until when
-- and by whom, not what was given; of a protected place not by whom either.
CREATE OR REPLACE FUNCTION aid_of_household(asked_household bigint)
RETURNS TABLE (line_id bigint, day date, agency_code text, agency_ms text, agency_en text, programme_ms text,
               programme_en text, kind_ms text, kind_en text, need_code text, need_ms text, need_en text,
               begins date, ends date, amount_rm numeric, quantity numeric, unit text, reference text, origin text,
               outside_target boolean, reversed_on date, member_no smallint, override_reason text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    hidden boolean := place_hidden(asked_household);
BEGIN
    IF NOT EXISTS (SELECT FROM household AS h
                   WHERE h.id = asked_household AND sees_persons() AND in_reach(h.district_code, h.catchment_codes)) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT l.id, l.day, CASE WHEN own.told THEN a.code END, CASE WHEN own.told THEN a.name_ms END,
        CASE WHEN own.told THEN a.name_en END, CASE WHEN own.told THEN p.name_ms END, CASE WHEN own.told THEN p.name_en END,
        CASE WHEN own.told THEN k.name_ms END, CASE WHEN own.told THEN k.name_en END, n.code, n.name_ms, n.name_en, lower(l.period), CASE WHEN upper_inf(l.period) THEN NULL ELSE upper(l.period) - 1 END,
        CASE WHEN own.it THEN l.amount_rm END, CASE WHEN own.it THEN l.quantity END, k.quantity_unit,
        CASE WHEN own.it THEN l.reference END, l.origin, l.outside_target, r.day, m.member_no, o.reason
    FROM aid_line AS l
    JOIN agency AS a ON a.id = l.agency_id
    JOIN aid_kind AS k ON k.id = l.kind_id
    JOIN aid_programme AS p ON p.id = k.programme_id
    JOIN aid_need AS n ON n.code = l.need_code
    LEFT JOIN aid_reversal AS r ON r.line_id = l.id
    LEFT JOIN aid_claim AS c ON c.line_id = l.id
    LEFT JOIN aid_override AS o ON o.id = c.override_id
    LEFT JOIN person AS m ON m.id = l.person_id
    CROSS JOIN LATERAL (SELECT coalesce(acting_agency() = l.agency_id, true) AS it,
                               coalesce(acting_agency() = l.agency_id, true) OR NOT hidden AS told) AS own
    WHERE l.household_id = asked_household
    ORDER BY l.day DESC, l.id DESC;
END
$$;

-- Moves the aid of a record that leaves to the one that stays. What is met twice by it stands side by side from now on, is
-- marked so, and is listed as double aid found. Answers what it did, for give_aid_back().
CREATE OR REPLACE FUNCTION move_aid(gone bigint, kept bigint) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    done jsonb;
    moved aid_claim;
    standing record;
    marked bigint;
    pairs bigint[] := '{}';
BEGIN
    done := jsonb_build_object(
        'claims', (SELECT jsonb_agg(jsonb_build_object('id', c.id, 'person_key', c.person_key, 'override_id', c.override_id))
                   FROM aid_claim AS c WHERE c.household_id = gone),
        'lines', (SELECT jsonb_agg(jsonb_build_object('id', l.id, 'person_id', l.person_id))
                  FROM aid_line AS l WHERE l.household_id = gone),
        'rows', (SELECT jsonb_agg(jsonb_build_object('id', r.id, 'person_id', r.person_id))
                 FROM aid_row AS r WHERE r.household_id = gone),
        'pairs', (SELECT jsonb_agg(p.id) FROM aid_pair AS p WHERE p.household_id = gone));
    CREATE TEMP TABLE same_member ON COMMIT DROP AS
        SELECT theirs.id AS gone_id, min(own.id) AS kept_id
        FROM person AS theirs JOIN person AS own ON own.household_id = kept AND own.id_no = theirs.id_no
        WHERE theirs.household_id = gone GROUP BY theirs.id;
    UPDATE aid_line AS l SET household_id = kept,
        person_id = coalesce((SELECT s.kept_id FROM same_member AS s WHERE s.gone_id = l.person_id), l.person_id)
    WHERE l.household_id = gone;
    UPDATE aid_row AS r SET household_id = kept,
        person_id = coalesce((SELECT s.kept_id FROM same_member AS s WHERE s.gone_id = r.person_id), r.person_id)
    WHERE r.household_id = gone;
    UPDATE aid_pair SET household_id = kept WHERE household_id = gone;
    INSERT INTO protected_place (household_id, reason, marked_by)
    SELECT kept, p.reason, p.marked_by FROM protected_place AS p WHERE p.household_id = gone ON CONFLICT DO NOTHING;
    FOR moved IN SELECT c.* FROM aid_claim AS c WHERE c.household_id = gone ORDER BY c.id LOOP
        moved.person_key := coalesce((SELECT s.kept_id::text FROM same_member AS s WHERE s.gone_id::text = moved.person_key),
                                     moved.person_key);
        marked := NULL;
        IF moved.exclusive AND moved.override_id IS NULL AND moved.ended_at IS NULL THEN
            FOR standing IN
                SELECT c.*, coalesce(l.reference, c.application_no, '') AS stands
                FROM aid_claim AS c LEFT JOIN aid_line AS l ON l.id = c.line_id
                WHERE c.household_id = kept AND c.need_code = moved.need_code AND c.person_key = moved.person_key
                    AND c.period && moved.period AND c.exclusive AND c.override_id IS NULL AND c.ended_at IS NULL
            LOOP
                IF marked IS NULL THEN
                    INSERT INTO aid_override (reason, words, evidence_no, made_by)
                    VALUES ('gabungan_rekod', '', '', acting_login()) RETURNING id INTO marked;
                END IF;
                WITH found AS (
                    INSERT INTO aid_pair (household_id, file_no, district_code, need_code, standing_claim_id,
                        standing_agency_id, standing_reference, other_agency_id, other_reference)
                    SELECT kept, h.file_no, h.district_code, moved.need_code, standing.id, standing.agency_id, standing.stands,
                        moved.agency_id, coalesce((SELECT l.reference FROM aid_line AS l WHERE l.id = moved.line_id),
                                                  moved.application_no, '')
                    FROM household AS h WHERE h.id = kept
                    RETURNING id)
                SELECT pairs || array_agg(id) INTO pairs FROM found;
            END LOOP;
        END IF;
        UPDATE aid_claim SET household_id = kept, person_key = moved.person_key, override_id = coalesce(marked, override_id)
        WHERE id = moved.id;
    END LOOP;
    DROP TABLE same_member;
    RETURN done || jsonb_build_object('found', to_jsonb(pairs));
END
$$;

-- Undoes move_aid(): every claim, line and row is the record's again that it was of, and what was found by it is not.
CREATE OR REPLACE FUNCTION give_aid_back(done jsonb, back bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    marked bigint[];
BEGIN
    DELETE FROM aid_pair WHERE id IN (SELECT value::bigint FROM jsonb_array_elements_text(done -> 'found'));
    SELECT array_agg(c.override_id) INTO marked
    FROM jsonb_to_recordset(nullif(done -> 'claims', 'null')) AS was (id bigint, override_id bigint)
    JOIN aid_claim AS c ON c.id = was.id AND c.override_id IS DISTINCT FROM was.override_id;
    UPDATE aid_claim AS c SET household_id = back, person_key = was.person_key, override_id = was.override_id
    FROM jsonb_to_recordset(nullif(done -> 'claims', 'null')) AS was (id bigint, person_key text, override_id bigint)
    WHERE c.id = was.id;
    DELETE FROM aid_override WHERE id = ANY (marked);
    UPDATE aid_line AS l SET household_id = back, person_id = was.person_id
    FROM jsonb_to_recordset(nullif(done -> 'lines', 'null')) AS was (id bigint, person_id bigint) WHERE l.id = was.id;
    UPDATE aid_row AS r SET household_id = back, person_id = was.person_id
    FROM jsonb_to_recordset(nullif(done -> 'rows', 'null')) AS was (id bigint, person_id bigint) WHERE r.id = was.id;
    UPDATE aid_pair SET household_id = back
    WHERE id IN (SELECT value::bigint FROM jsonb_array_elements_text(nullif(done -> 'pairs', 'null')));
END
$$;

REVOKE ALL ON FUNCTION place_hidden(bigint), mark_protected_place(bigint, boolean, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION place_hidden(bigint), mark_protected_place(bigint, boolean, text) TO app_web;
REVOKE ALL ON FUNCTION settles(aid_row), oversees_agency(integer), aid_of_household(bigint), move_aid(bigint, bigint), give_aid_back(jsonb, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION settles(aid_row), oversees_agency(integer), aid_of_household(bigint) TO app_web;
