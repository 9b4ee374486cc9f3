-- The calendars by which the times of support are counted: read by whoever is signed in, changed by administrators.

CREATE POLICY read_signed_in ON support_hours FOR SELECT TO app_web USING ((SELECT signed_in()));
CREATE POLICY read_signed_in ON support_holiday FOR SELECT TO app_web USING ((SELECT signed_in()));
GRANT SELECT ON support_hours, support_holiday TO app_web;

-- The day so many working days from today by the calendar of a state: its own hours, else the country's, without holidays.
CREATE OR REPLACE FUNCTION working_day_after(days integer, state text) RETURNS date
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT max(w.day) FROM (
        SELECT current_date + n AS day FROM generate_series(1, days * 3 + 30) AS n
        WHERE extract(isodow FROM current_date + n)::smallint - 1 <> ALL (CAST(
                (SELECT h.weekend FROM support_hours AS h
                 WHERE h.state_code IN (working_day_after.state, 'MY') AND h.since <= current_date + n
                 ORDER BY h.state_code = 'MY', h.since DESC LIMIT 1) AS smallint[]))
            AND NOT EXISTS (SELECT FROM support_holiday AS h
                            WHERE h.state_code IN (working_day_after.state, 'MY') AND h.day = current_date + n)
        ORDER BY n LIMIT days) AS w
$$;

-- What a change of a calendar is written down as, and what follows: every open clock is worked out anew.
CREATE OR REPLACE FUNCTION calendar_changed(facts jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    INSERT INTO audit_log (actor_id, actor, action, subject, after)
    VALUES (acting_user(), acting_login(), 'change_support_calendar', 'support_calendar', facts);
    UPDATE ticket SET clock_stale = true WHERE is_open_ticket(state);
    PERFORM put_system_job('support.clock', '{}');
END
$$;

-- Sets the hours of a state, or of the federal offices (MY), from a day on.
CREATE OR REPLACE FUNCTION set_support_hours(asked_state text, from_day date, opening time, closing time, days smallint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF NOT administers() THEN
        RAISE EXCEPTION 'not_permitted' USING ERRCODE = '42501';
    ELSIF asked_state <> 'MY' AND NOT EXISTS (SELECT FROM area AS a WHERE a.code = asked_state AND a.level = 'state') THEN
        RAISE EXCEPTION 'support_unknown' USING ERRCODE = 'EK255';
    END IF;
    INSERT INTO support_hours (state_code, since, opens, closes, weekend) VALUES (asked_state, from_day, opening, closing, days)
    ON CONFLICT (state_code, since) DO UPDATE
    SET opens = EXCLUDED.opens, closes = EXCLUDED.closes, weekend = EXCLUDED.weekend;
    PERFORM calendar_changed(jsonb_build_object('state', asked_state, 'since', from_day, 'opens', opening, 'closes', closing,
                                                'weekend', days));
EXCEPTION WHEN check_violation OR not_null_violation THEN
    RAISE EXCEPTION 'support_unknown' USING ERRCODE = 'EK255';
END
$$;

-- Adds a holiday of a state, or of the whole country (MY); without a name it is taken away.
CREATE OR REPLACE FUNCTION set_support_holiday(asked_state text, asked_day date, malay text, english text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF NOT administers() THEN
        RAISE EXCEPTION 'not_permitted' USING ERRCODE = '42501';
    ELSIF asked_day IS NULL
        OR asked_state <> 'MY' AND NOT EXISTS (SELECT FROM area AS a WHERE a.code = asked_state AND a.level = 'state') THEN
        RAISE EXCEPTION 'support_unknown' USING ERRCODE = 'EK255';
    ELSIF btrim(coalesce(malay, '')) = '' THEN
        DELETE FROM support_holiday AS h WHERE h.state_code = asked_state AND h.day = asked_day;
    ELSE
        INSERT INTO support_holiday (state_code, day, name_ms, name_en)
        VALUES (asked_state, asked_day, left(btrim(malay), 120), left(btrim(coalesce(nullif(btrim(english), ''), malay)), 120))
        ON CONFLICT (state_code, day) DO UPDATE SET name_ms = EXCLUDED.name_ms, name_en = EXCLUDED.name_en;
    END IF;
    PERFORM calendar_changed(jsonb_build_object('state', asked_state, 'day', asked_day, 'holiday', btrim(coalesce(malay, ''))));
END
$$;

REVOKE ALL ON FUNCTION calendar_changed(jsonb), set_support_hours(text, date, time, time, smallint[]),
    set_support_holiday(text, date, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION set_support_hours(text, date, time, time, smallint[]), set_support_holiday(text, date, text, text)
    TO app_web;
