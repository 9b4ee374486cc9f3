-- The machine of applications: a step is the only way from one state to the next. What is refused, in what order, and what
-- follows from a step stand here; each refusal has a SQLSTATE of its own, which registry/refusals.py puts into words.

-- The days that aid of a kind meets its need: those asked for, else what its coverage says; without end always from its day.
CREATE OR REPLACE FUNCTION aid_period(coverage text, day date, given daterange) RETURNS daterange
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE
        WHEN coverage = 'seumur' THEN daterange(coalesce(lower(given), day), NULL)
        WHEN given IS NOT NULL THEN given
        WHEN coverage = 'bulan' THEN daterange(date_trunc('month', day)::date, (date_trunc('month', day) + interval '1 month')::date)
        WHEN coverage = 'tahun' THEN daterange(date_trunc('year', day)::date, (date_trunc('year', day) + interval '1 year')::date)
        ELSE daterange(day, day + substr(coverage, 6)::integer) END
$$;

-- The most that aid of a kind and period may be, RM; none where no rate is in force on its first day.
CREATE OR REPLACE FUNCTION aid_ceiling(asked_kind integer, period daterange) RETURNS numeric
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT r.ceiling_rm * CASE WHEN k.coverage = 'bulan' AND NOT upper_inf(period) THEN
        (extract(year FROM upper(period) - 1) - extract(year FROM lower(period))) * 12
        + extract(month FROM upper(period) - 1) - extract(month FROM lower(period)) + 1 ELSE 1 END
    FROM aid_kind AS k JOIN aid_rate AS r ON r.kind_id = k.id
    WHERE k.id = asked_kind AND daterange(r.from_date, r.until_date, '[]') @> lower(period)
$$;

-- The working days of a setting from today.
CREATE OR REPLACE FUNCTION due_within(asked_key text) RETURNS date
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$ SELECT current_date + (SELECT (value #>> '{}')::integer FROM setting WHERE key = asked_key) $$;

-- By when somebody is to act on an application that comes into a state.
CREATE OR REPLACE FUNCTION application_due(state text) RETURNS date
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT due_within(CASE state
        WHEN 'diterima' THEN 'applications.check_days' WHEN 'disemak' THEN 'applications.decide_days'
        WHEN 'dirayu' THEN 'applications.decide_days' WHEN 'tidak_lengkap' THEN 'applications.documents_days'
        WHEN 'diluluskan' THEN 'applications.pay_days' WHEN 'dalam_bayaran' THEN 'applications.pay_days'
        WHEN 'diserah' THEN 'applications.pay_days' WHEN 'ditolak' THEN 'applications.appeal_days' END)
$$;

-- Whether a step from the state of an application is one that who is acting takes for it: of the agency that decides, or at a
-- counter to which its household may come.
CREATE OR REPLACE FUNCTION may_step(moved aid_application, allowed aid_transition) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT may(allowed.permission) AND CASE
        WHEN allowed.own_agency THEN coalesce(moved.agency_id = acting_agency(), false)
            AND coalesce(moved.office_code = acting_office(), true)
        WHEN acting_agency() IS NULL THEN sees_persons() AND in_reach(moved.district_code, moved.catchment_codes)
        ELSE coalesce(acting_agency() IN (moved.opened_agency_id, moved.agency_id), false)
            AND (moved.state <> 'draf' OR moved.opened_agency_id = acting_agency())
            OR sees_persons() AND in_reach(moved.district_code, moved.catchment_codes) END
$$;

-- Whether who is acting took an earlier step that keeps them from this one, or is not who alone may take it.
CREATE OR REPLACE FUNCTION acted_before(asked_application bigint, allowed aid_transition) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM aid_step AS s WHERE s.application_id = asked_application AND s.actor_id = acting_user()
                   AND (s.action = ANY (allowed.not_by) OR '*' = ANY (allowed.not_by)))
        OR allowed.only_by IS NOT NULL AND NOT EXISTS (
            SELECT FROM aid_step AS s WHERE s.application_id = asked_application AND s.actor_id = acting_user()
            AND s.action = allowed.only_by)
$$;

-- Judges a step before it is kept, and moves its application.
CREATE OR REPLACE FUNCTION take_aid_step() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    moved aid_application;
    allowed aid_transition;
    -- a payment, a delivery and the night take steps that nobody's permission decides, whoever set them off
    by_system boolean := acting_user() IS NULL OR NEW.detail ? 'system';
BEGIN
    SELECT * INTO moved FROM aid_application WHERE id = NEW.application_id FOR UPDATE;
    NEW.at := clock_timestamp();
    NEW.actor_id := acting_user();
    NEW.actor := acting_login();
    NEW.agency_id := acting_agency();
    NEW.reason := nullif(btrim(NEW.reason), '');
    NEW.from_state := moved.state;
    IF NEW.action = 'gagal' AND moved.state = 'selesai' THEN
        NEW.code := 'dipulangkan';
        moved.paid_back := true;
    END IF;
    IF NEW.action = 'buka' AND NOT EXISTS (SELECT FROM aid_step AS s WHERE s.application_id = NEW.application_id)
       AND moved.opened_by IS NOT DISTINCT FROM acting_user() THEN
        NEW.from_state := '';
        NEW.to_state := 'draf';
        RETURN NEW;
    END IF;

    -- 1. nobody has moved it since it was looked at, and there is such a step from this state
    SELECT * INTO allowed FROM aid_transition WHERE action = NEW.action AND from_state = moved.state;
    IF NEW.seen_version <> moved.version THEN
        RAISE EXCEPTION 'stale' USING ERRCODE = 'EK019';
    ELSIF allowed IS NULL THEN
        RAISE EXCEPTION 'application_step_illegal' USING ERRCODE = 'EK116', DETAIL = coalesce(moved.state, '');
    END IF;
    -- 2. who acts may take it
    IF NOT by_system AND NOT may_step(moved, allowed) THEN
        RAISE EXCEPTION 'application_step_not_permitted' USING ERRCODE = 'EK110';
    END IF;
    -- 3. another person
    IF NOT by_system AND acted_before(moved.id, allowed) THEN
        RAISE EXCEPTION 'application_same_person' USING ERRCODE = 'EK117';
    END IF;
    -- 4. its reason is given, and which of those that there are
    IF allowed.needs_reason AND NEW.reason IS NULL THEN
        RAISE EXCEPTION 'reason_missing' USING ERRCODE = 'EK003';
    ELSIF allowed.codes <> '{}' AND NOT coalesce(NEW.code = ANY (allowed.codes), false) THEN
        RAISE EXCEPTION 'application_code_missing' USING ERRCODE = 'EK118';
    END IF;
    -- 5. what the step itself asks for
    moved.override_asked := false;
    moved := judged_step(moved, NEW);

    IF NEW.action NOT IN ('mohon_izin', 'izin', 'tolak_izin') THEN  -- to ask for leave gives no more time
        moved.state_since := current_date;
        moved.due_on := application_due(allowed.to_state);
    END IF;
    NEW.to_state := allowed.to_state;
    UPDATE aid_application SET (kind_id, agency_id, office_code, person_id, amount_rm, period, conditions_id, verdict,
        outside_target, submitted_version, decided_version, override_asked, override_id, paid_back, state_since, due_on)
        = ROW(moved.kind_id, moved.agency_id, moved.office_code, moved.person_id, moved.amount_rm, moved.period,
        moved.conditions_id, moved.verdict, moved.outside_target, moved.submitted_version, moved.decided_version,
        moved.override_asked, moved.override_id, moved.paid_back, moved.state_since, moved.due_on),
        state = allowed.to_state, version = version + 1
    WHERE id = NEW.application_id;
    RETURN NEW;
EXCEPTION WHEN unique_violation THEN
    RAISE EXCEPTION 'application_open_already' USING ERRCODE = 'EK115';
END
$$;
CREATE OR REPLACE TRIGGER aid_step_taken BEFORE INSERT ON aid_step FOR EACH ROW EXECUTE FUNCTION take_aid_step();

-- The application as a step would leave it, beside its state; refuses what the step itself does not bear.
CREATE OR REPLACE FUNCTION judged_step(moved aid_application, step aid_step) RETURNS aid_application
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF step.action IN ('mohon_izin', 'izin', 'tolak_izin') THEN
        RETURN judged_override(moved, step);
    END IF;
    IF step.action = 'hantar' AND NOT takes_applications(moved.kind_id, current_date) THEN
        RAISE EXCEPTION 'programme_not_open' USING ERRCODE = 'EK113';
    ELSIF step.action = 'hantar' THEN
        moved := with_verdict(moved);
    ELSIF step.action = 'alih' THEN
        moved := with_verdict(routed_to(moved, step.kind_id));
        moved.override_id := NULL;
    ELSIF step.action = 'lulus' THEN
        moved := granted(moved, step);
    ELSIF step.action IN ('tolak', 'putus_tolak') THEN
        moved.decided_version := (SELECT h.version FROM household AS h WHERE h.id = moved.household_id);
    ELSIF step.action = 'rayu' THEN
        IF EXISTS (SELECT FROM aid_step AS s WHERE s.application_id = moved.id AND s.action = 'rayu') THEN
            RAISE EXCEPTION 'appealed_once' USING ERRCODE = 'EK120';
        ELSIF moved.due_on < current_date THEN
            RAISE EXCEPTION 'appeal_too_late' USING ERRCODE = 'EK121';
        END IF;
    ELSIF step.action IN ('serah', 'terima') THEN
        PERFORM judge_handover(moved, step);
    END IF;
    RETURN moved;
END
$$;

-- Which conditions of its programme hold for an application today, by the record as it stands; none bars it.
CREATE OR REPLACE FUNCTION with_verdict(moved aid_application) RETURNS aid_application
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    listed record;
BEGIN
    SELECT c.id, c.conditions INTO listed
    FROM aid_kind AS k CROSS JOIN LATERAL conditions_in_force(k.programme_id, current_date) AS c WHERE k.id = moved.kind_id;
    moved.conditions_id := listed.id;
    moved.verdict := '[]';
    moved.outside_target := false;
    moved.submitted_version := (SELECT h.version FROM household AS h WHERE h.id = moved.household_id);
    IF listed.id IS NOT NULL THEN
        SELECT coalesce(jsonb_agg(jsonb_build_object('path', v.path, 'holds', v.holds, 'own', v.own)), '[]') INTO moved.verdict
        FROM conditions_verdict(listed.conditions, moved.household_id, moved.person_id, current_date) AS v;
        moved.outside_target := EXISTS (
            SELECT FROM rows_outside(listed.conditions, ARRAY[moved.household_id], ARRAY[moved.person_id], ARRAY[current_date]));
    END IF;
    RETURN moved;
END
$$;

-- An application as one for another kind of aid, of the agency that gives it.
CREATE OR REPLACE FUNCTION routed_to(moved aid_application, asked_kind integer) RETURNS aid_application
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    kind record;
BEGIN
    SELECT k.id, k.recipient, p.agency_id INTO kind
    FROM aid_kind AS k JOIN aid_programme AS p ON p.id = k.programme_id WHERE k.id = asked_kind;
    IF kind.id IS NULL OR kind.agency_id = moved.agency_id OR kind.recipient = 'orang' AND moved.person_id IS NULL THEN
        RAISE EXCEPTION 'application_incomplete' USING ERRCODE = 'EK114';
    ELSIF NOT takes_applications(kind.id, current_date) THEN
        RAISE EXCEPTION 'programme_not_open' USING ERRCODE = 'EK113';
    END IF;
    moved.kind_id := kind.id;
    moved.agency_id := kind.agency_id;
    moved.office_code := office_for(kind.agency_id, moved.district_code, moved.catchment_codes);
    IF kind.recipient = 'isi_rumah' THEN
        moved.person_id := NULL;
    END IF;
    RETURN moved;
END
$$;

-- An application as granted: for days that its programme gives on, and no more than the rate.
CREATE OR REPLACE FUNCTION granted(moved aid_application, step aid_step) RETURNS aid_application
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    kind record;
BEGIN
    SELECT k.coverage, daterange(p.valid_from, p.valid_until, '[]') @> current_date AS in_force INTO kind
    FROM aid_kind AS k JOIN aid_programme AS p ON p.id = k.programme_id WHERE k.id = moved.kind_id;
    moved.amount_rm := step.amount_rm;
    moved.period := aid_period(kind.coverage, current_date, coalesce(step.period, moved.asked_period));
    moved.decided_version := (SELECT h.version FROM household AS h WHERE h.id = moved.household_id);
    IF NOT kind.in_force THEN
        RAISE EXCEPTION 'programme_not_open' USING ERRCODE = 'EK113';
    ELSIF coalesce(moved.amount_rm, 0) <= 0 OR isempty(moved.period) OR lower_inf(moved.period)
        OR kind.coverage <> 'seumur' AND coalesce(upper(moved.period) - lower(moved.period) > 366, true) THEN
        RAISE EXCEPTION 'application_incomplete' USING ERRCODE = 'EK114';
    ELSIF aid_ceiling(moved.kind_id, moved.period) IS NULL THEN
        RAISE EXCEPTION 'rate_missing' USING ERRCODE = 'EK161';
    ELSIF moved.amount_rm > aid_ceiling(moved.kind_id, moved.period) THEN
        RAISE EXCEPTION 'amount_above_rate' USING ERRCODE = 'EK119';
    END IF;
    RETURN moved;
END
$$;

-- Goods and services are handed over on a day, at a place, with evidence, goods with how many; who received them is told. Cash
-- comes by a payment or by what its agency delivers.
CREATE OR REPLACE FUNCTION judge_handover(moved aid_application, step aid_step) RETURNS void
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    form text := (SELECT k.form FROM aid_kind AS k WHERE k.id = moved.kind_id);
    day date := (step.detail ->> 'day')::date;
BEGIN
    IF acting_user() IS NULL OR step.detail ? 'system' THEN
        RETURN;
    ELSIF form = 'tunai' THEN
        RAISE EXCEPTION 'application_step_illegal' USING ERRCODE = 'EK116', DETAIL = 'cash is paid';
    ELSIF day IS NULL OR day > current_date OR coalesce(btrim(step.detail ->> 'evidence'), '') = ''
        OR step.action = 'serah' AND (coalesce(btrim(step.detail ->> 'place'), '') = ''
            OR day < (SELECT s.at::date FROM aid_step AS s WHERE s.application_id = moved.id AND s.action = 'lulus'
                      ORDER BY s.id DESC LIMIT 1)
            OR form = 'barangan' AND coalesce((step.detail ->> 'quantity')::numeric, 0) <= 0)
        OR step.action = 'terima' AND coalesce(btrim(step.detail ->> 'received_by'), '') = '' THEN
        RAISE EXCEPTION 'application_incomplete' USING ERRCODE = 'EK114';
    END IF;
END
$$;

-- What follows from a step that was taken.
CREATE OR REPLACE FUNCTION follow_aid_step() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    moved aid_application;
BEGIN
    SELECT * INTO moved FROM aid_application WHERE id = NEW.application_id;
    IF NEW.action = 'lulus' THEN
        PERFORM claim_need(moved);
        UPDATE aid_application SET commit_year = commit_application(moved) WHERE id = moved.id;
    ELSIF NEW.action IN ('mohon_izin', 'izin') THEN
        PERFORM list_overlaps(moved);
    ELSIF NEW.action = 'gagal' AND NEW.from_state = 'selesai' THEN
        PERFORM take_back_paid(moved);
    ELSIF NEW.action = 'batal' OR NEW.action = 'luput' AND NEW.from_state = 'diluluskan' THEN
        moved.amount_rm := release_application(moved);
        IF moved.amount_rm > 0 THEN
            PERFORM give_applied(moved, NEW);
        END IF;
        UPDATE aid_claim SET ended_at = now()
        WHERE application_no = moved.number AND line_id IS NULL AND ended_at IS NULL;
    ELSIF NEW.action = 'terima' THEN
        PERFORM give_applied(moved, NEW);
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER aid_step_followed AFTER INSERT ON aid_step FOR EACH ROW EXECUTE FUNCTION follow_aid_step();

-- Keeps what was given for an application as a line of aid, whose claim its own becomes. A line of a delivery that names the
-- application is that line.
CREATE OR REPLACE FUNCTION give_applied(moved aid_application, step aid_step) RETURNS void
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    made bigint := (step.detail ->> 'line')::bigint;
    handed jsonb := (SELECT s.detail FROM aid_step AS s WHERE s.application_id = moved.id AND s.action = 'serah'
                     ORDER BY s.id DESC LIMIT 1);
BEGIN
    IF made IS NULL THEN
        INSERT INTO aid_line (agency_id, reference, kind_id, need_code, household_id, person_id, day, period, amount_rm,
            quantity, origin, application_no, outside_target, recorded_by)
        SELECT moved.agency_id,
            -- what was taken back and is given again is another line
            moved.number || coalesce('/' || (SELECT count(*) + 1 FROM aid_line AS l
                                             WHERE l.application_no = moved.number HAVING count(*) > 0), ''),
            moved.kind_id, k.need_code, moved.household_id, moved.person_id,
            coalesce((handed ->> 'day')::date, (step.detail ->> 'day')::date, current_date), moved.period, moved.amount_rm,
            (handed ->> 'quantity')::numeric, CASE step.from_state WHEN 'diserah' THEN 'handover' ELSE 'payment' END,
            moved.number, coalesce(moved.outside_target, false), acting_login()
        FROM aid_kind AS k WHERE k.id = moved.kind_id
        RETURNING id INTO made;
    END IF;
    UPDATE aid_claim SET line_id = made
    WHERE application_no = moved.number AND line_id IS NULL AND ended_at IS NULL
        AND NOT EXISTS (SELECT FROM aid_claim AS own WHERE own.line_id = made);
    UPDATE aid_application SET line_id = made WHERE id = moved.id;
END
$$;

-- Takes back the line of what the bank sent back; the need stays claimed, so that it can be paid again.
CREATE OR REPLACE FUNCTION take_back_paid(moved aid_application) RETURNS void
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    INSERT INTO aid_reversal (line_id, agency_id, reference, day, amount_rm, recorded_by)
    SELECT l.id, l.agency_id, l.reference || '/P', greatest(l.day, current_date), l.amount_rm, acting_login()
    FROM aid_line AS l WHERE l.id = moved.line_id;
    UPDATE aid_claim SET line_id = NULL WHERE line_id = moved.line_id AND application_no = moved.number;
    UPDATE aid_application SET line_id = NULL WHERE id = moved.id;
END
$$;

-- Takes a step of an application for who is acting; nothing where there is none that they read.
CREATE OR REPLACE FUNCTION step_application(
    asked_number text, seen integer, asked_action text, asked_code text, asked_reason text, amount numeric, days daterange,
    asked_kind integer, more jsonb)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    moved aid_application;
    made aid_step;
BEGIN
    SELECT a.* INTO moved FROM aid_application AS a WHERE a.number = asked_number;
    IF acting_user() IS NULL OR moved.id IS NULL OR NOT reads_application(moved, false) OR asked_action IN ('buka', 'ubah') THEN
        RETURN NULL;
    END IF;
    INSERT INTO aid_step (application_id, action, seen_version, code, reason, amount_rm, period, kind_id, detail)
    VALUES (moved.id, asked_action, seen, asked_code, asked_reason, amount, days, asked_kind,
        coalesce(more, '{}') - ARRAY['system', 'line'])
    RETURNING * INTO made;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, district_code, before, after)
    VALUES (acting_user(), acting_login(), 'move_application', 'aid_application', moved.id, moved.district_code,
        jsonb_build_object('state', made.from_state),
        jsonb_strip_nulls(jsonb_build_object('step', made.action, 'state', made.to_state, 'code', made.code,
            'evidence', CASE made.action WHEN 'izin' THEN made.detail ->> 'evidence' END)));
    RETURN made.to_state;
END
$$;

-- The steps of an application that who is acting may take now, as take_aid_step would judge them.
CREATE OR REPLACE FUNCTION allowed_aid_steps(asked_number text)
RETURNS TABLE (action text, to_state text, needs_reason boolean, codes text[])
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT t.action, t.to_state, t.needs_reason, CASE WHEN t.action = 'izin' AND n.once THEN ARRAY['bencana'] ELSE t.codes END
    FROM aid_application AS a
    JOIN aid_transition AS t ON t.from_state = a.state
    JOIN aid_kind AS k ON k.id = a.kind_id
    JOIN aid_need AS n ON n.code = k.need_code
    WHERE a.number = asked_number AND may_step(a, t) AND NOT acted_before(a.id, t)
        AND (t.action NOT IN ('serah', 'terima') OR k.form <> 'tunai') AND override_step_fits(a.id, t.action)
        AND (t.action <> 'rayu' OR a.due_on >= current_date
             AND NOT EXISTS (SELECT FROM aid_step AS s WHERE s.application_id = a.id AND s.action = 'rayu'))
    ORDER BY array_position(ARRAY['hantar', 'ubah', 'lengkap', 'semak', 'lulus', 'serah', 'terima', 'tolak', 'mohon_izin', 'izin',
        'tolak_izin', 'rayu', 'putus_terima', 'putus_tolak', 'minta_dokumen', 'alih', 'batal', 'tarik'], t.action)
$$;

-- The step that a payment takes for an application, and a line that fulfils it: bayar, gagal or terima. Nothing where there is
-- no such application, or none that waits for it.
CREATE OR REPLACE FUNCTION system_step(asked_number text, asked_action text, line bigint) RETURNS void
LANGUAGE sql SET search_path = ekasih, public, pg_temp
AS $$
    INSERT INTO aid_step (application_id, action, detail)
    SELECT a.id, t.action, jsonb_strip_nulls(jsonb_build_object('system', true, 'line', line))
    FROM aid_application AS a JOIN aid_transition AS t ON t.from_state = a.state AND t.action = asked_action
    WHERE a.number = asked_number AND asked_action IN ('bayar', 'gagal', 'terima')
$$;

-- What a delivery gave for an application fulfils it, where it is that agency's, for that household and that kind.
CREATE OR REPLACE FUNCTION fulfil_application() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    PERFORM system_step(a.number, 'terima', NEW.id)
    FROM aid_application AS a
    WHERE a.number = NEW.application_no AND (a.agency_id, a.household_id, a.kind_id) = (NEW.agency_id, NEW.household_id, NEW.kind_id);
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER application_fulfilled AFTER INSERT ON aid_line
FOR EACH ROW WHEN (NEW.application_no IS NOT NULL AND NEW.origin = 'delivery') EXECUTE FUNCTION fulfil_application();

-- What time ends: documents that did not come, a programme that is over, a year that was closed. Answers how many.
CREATE OR REPLACE FUNCTION lapse_applications() RETURNS integer
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    lapsed integer;
BEGIN
    INSERT INTO aid_step (application_id, action, code)
    SELECT a.id, 'luput', CASE WHEN a.state = 'tidak_lengkap' THEN 'dokumen_lewat'
                               WHEN p.valid_until < current_date THEN 'program_tamat' ELSE 'tahun_ditutup' END
    FROM aid_application AS a
    JOIN aid_kind AS k ON k.id = a.kind_id
    JOIN aid_programme AS p ON p.id = k.programme_id
    WHERE a.state = 'tidak_lengkap' AND a.due_on < current_date
        OR a.state = 'diluluskan' AND (p.valid_until < current_date OR year_of_application_closed(p.code, a.commit_year))
    ORDER BY a.id;
    GET DIAGNOSTICS lapsed = ROW_COUNT;
    RETURN lapsed;
END
$$;

REVOKE ALL ON FUNCTION acted_before(bigint, aid_transition), lapse_applications(), take_back_paid(aid_application),
    give_applied(aid_application, aid_step),
    step_application(text, integer, text, text, text, numeric, daterange, integer, jsonb),
    system_step(text, text, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION acted_before(bigint, aid_transition),
    step_application(text, integer, text, text, text, numeric, daterange, integer, jsonb) TO app_web;
