-- Whether a need of somebody is met on a day: all that an agency may ask of aid that it did not give itself.

-- Looks an identity number up with the check's permission, limit and log, and says whether a need of the person, or of the
-- household, is met on a day, and until when: no end is told where it has none. Whoever is in no register has no need met.
-- SQLSTATE EK132: there is no such need.
CREATE OR REPLACE FUNCTION need_met(asked_id_no text, key text, asked_need text, on_day date, purpose text)
RETURNS TABLE (met boolean, until date)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    standing bigint;
    last_day date;
BEGIN
    IF NOT may('check_status') OR acting_agency() IS NULL OR acting_user() IS NULL THEN
        RAISE EXCEPTION 'may not ask' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (SELECT FROM aid_need AS n WHERE n.code = asked_need) THEN
        RAISE EXCEPTION 'need_unknown' USING ERRCODE = 'EK132';
    END IF;
    PERFORM take_check(false);
    SELECT count(*), nullif(max(coalesce(upper(c.period) - 1, 'infinity'::date)), 'infinity'::date) INTO standing, last_day
    FROM person AS p
    JOIN aid_claim AS c ON c.household_id = p.household_id AND c.person_key IN ('', p.id::text)
    WHERE p.id_no = asked_id_no AND c.need_code = asked_need AND c.ended_at IS NULL AND c.period @> on_day;
    INSERT INTO audit_log (actor_id, actor, action, subject, after)
    VALUES (acting_user(), acting_login(), 'check_status', 'check', jsonb_build_object('by', jsonb_build_array('id_no'),
        'key', key, 'for', 'need', 'need', asked_need, 'day', on_day, 'purpose', purpose,
        'own', 0, 'elsewhere', (standing > 0)::integer));
    RETURN QUERY SELECT standing > 0, last_day;
END
$$;

REVOKE ALL ON FUNCTION need_met(text, text, text, date, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION need_met(text, text, text, date, text) TO app_web;
