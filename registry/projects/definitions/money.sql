-- Where a project meets the need it is for and the money of its programme: the claim, the commitment, and how much may be paid.

-- Agrees to a project: the need of its households is claimed and its cost committed from the office's warrant, or nothing is.
CREATE OR REPLACE FUNCTION agreed_project(moved project) RETURNS project
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    need aid_need;
    home bigint;
BEGIN
    SELECT n.* INTO need FROM project_type AS t JOIN aid_need AS n ON n.code = t.need_code WHERE t.code = moved.type_code;
    IF need.exclusive AND moved.kind_id IS NULL AND EXISTS (SELECT FROM project_household AS l WHERE l.project_id = moved.id) THEN
        RAISE EXCEPTION 'project_kind_missing' USING ERRCODE = 'EK217';
    END IF;
    IF moved.kind_id IS NOT NULL THEN
        FOR home IN SELECT l.household_id FROM project_household AS l WHERE l.project_id = moved.id ORDER BY l.household_id LOOP
            PERFORM claim_for_project(moved, need, home);
        END LOOP;
    END IF;
    moved.committed_rm := moved.cost_rm;
    moved.commit_year := fiscal_year(current_date, fiscal_month_of(moved.programme_code));
    PERFORM post_project(moved, 'tanggungan', moved.committed_rm, moved.commit_year);
    RETURN moved;
END
$$;

-- Claims the need of one household for a project, or is refused because it is met already: the reason by what stood before.
CREATE OR REPLACE FUNCTION claim_for_project(moved project, need aid_need, home bigint) RETURNS void
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    days daterange := (SELECT aid_period(k.coverage, current_date, NULL) FROM aid_kind AS k WHERE k.id = moved.kind_id);
    met text;
BEGIN
    -- exclusion constraints can deadlock; the household's row is taken first
    PERFORM FROM household AS h WHERE h.id = home FOR NO KEY UPDATE;
    INSERT INTO aid_claim (household_id, need_code, agency_id, kind_id, exclusive, period, application_no, override_id)
    VALUES (home, need.code, moved.agency_id, moved.kind_id, need.exclusive, days, moved.number,
        CASE WHEN EXISTS (SELECT FROM claims_in_the_way(home, need.code, '', days)) THEN moved.override_id END);
EXCEPTION WHEN exclusion_violation THEN
    SELECT CASE WHEN need.once THEN 'perumahan_pernah_diterima'
                WHEN bool_or(c.agency_id = moved.agency_id AND c.kind_id = moved.kind_id) THEN 'bayaran_berulang'
                WHEN bool_or(c.agency_id <> moved.agency_id) THEN 'pertindihan_antara_agensi'
                ELSE 'pertindihan_dalam_agensi' END INTO met
    FROM claims_in_the_way(home, need.code, '', days) AS c;
    CASE met
        WHEN 'perumahan_pernah_diterima' THEN RAISE EXCEPTION 'perumahan_pernah_diterima' USING ERRCODE = 'EK122';
        WHEN 'bayaran_berulang' THEN RAISE EXCEPTION 'bayaran_berulang' USING ERRCODE = 'EK123';
        WHEN 'pertindihan_antara_agensi' THEN RAISE EXCEPTION 'pertindihan_antara_agensi' USING ERRCODE = 'EK124';
        ELSE RAISE EXCEPTION 'pertindihan_dalam_agensi' USING ERRCODE = 'EK125';
    END CASE;
END
$$;

CREATE OR REPLACE FUNCTION post_project(moved project, command text, amount numeric, year integer) RETURNS void
LANGUAGE sql SET search_path = ekasih, public, pg_temp
AS $$
    SELECT ledger_post(command, current_date, year, moved.programme_code, moved.office_code, moved.number, amount,
                       format('%s/%s/%s', upper(command), moved.number, moved.version), '')
    WHERE amount > 0
$$;

-- Gives back what is committed to a project beyond what is still owed for the work that was accepted.
CREATE OR REPLACE FUNCTION release_project(moved project) RETURNS void
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    owed numeric := greatest(trunc(coalesce(moved.sum_rm, 0) * project_done(moved.id, current_date) / 100, 2) - project_paid(moved, NULL), 0);
    held numeric;
    booked integer;
BEGIN
    FOR booked, held IN
        SELECT b.year, b.amount FROM ledger_balance AS b
        WHERE b.programme = moved.programme_code AND b.office = moved.office_code AND b.case_no = moved.number
            AND b.account = 'TANGGUNGAN' AND b.amount > 0 AND NOT year_of_application_closed(b.programme, b.year)
        ORDER BY b.year
    LOOP
        PERFORM post_project(moved, 'lepas', held - least(held, owed), booked);
        owed := owed - least(held, owed);
    END LOOP;
END
$$;

-- What was paid of a project, is on its way, or stands on a list, beside one payment.
CREATE OR REPLACE FUNCTION project_paid(moved project, beside text) RETURNS numeric
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT coalesce(sum(p.amount), 0) FROM payment AS p
    WHERE p.programme = moved.programme_code AND p.case_no = moved.number AND p.number IS DISTINCT FROM beside
        AND p.state IN ('disediakan', 'dihantar', 'berjaya')
$$;

-- No payment lifts what is paid of a project above the work that was done of it, and an advance where one is set.
CREATE OR REPLACE FUNCTION judge_project_payment() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    moved project;
BEGIN
    -- one payment of a project is judged after the other
    SELECT p.* INTO moved FROM project AS p WHERE p.number = NEW.case_no AND p.programme_code = NEW.programme FOR UPDATE;
    IF moved.id IS NOT NULL AND project_paid(moved, NEW.number) + NEW.amount > trunc(coalesce(moved.sum_rm, 0) * least(100,
        project_done(moved.id, current_date)
        + (SELECT (value #>> '{}')::numeric FROM setting WHERE key = 'projects.advance_percent')) / 100, 2) THEN
        RAISE EXCEPTION 'payment_above_work' USING ERRCODE = 'EK213';
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER payment_of_project_judged BEFORE INSERT ON payment
FOR EACH ROW WHEN (NEW.case_no LIKE 'P%') EXECUTE FUNCTION judge_project_payment();

-- A variation order changes the sum within the commitment; what is open at the turn of the year is committed anew.
CREATE OR REPLACE FUNCTION varied_project(moved project, step text, more jsonb) RETURNS project
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    amount numeric := (more ->> 'amount_rm')::numeric;
    year integer := fiscal_year(current_date, fiscal_month_of(moved.programme_code));
BEGIN
    IF coalesce(amount, 0) = 0 THEN
        RAISE EXCEPTION 'project_incomplete' USING ERRCODE = 'EK203';
    ELSIF step = 'komit_semula' THEN
        IF moved.commit_year >= year OR amount < 0 OR amount > moved.sum_rm - project_paid(moved, NULL) THEN
            RAISE EXCEPTION 'project_sum_above_commitment' USING ERRCODE = 'EK207';
        END IF;
        moved.commit_year := year;
        PERFORM post_project(moved, 'tanggungan', amount, year);
        RETURN moved;
    END IF;
    moved.sum_rm := moved.sum_rm + amount;
    IF moved.sum_rm > moved.committed_rm
        OR trunc(moved.sum_rm * project_done(moved.id, current_date) / 100, 2) < project_paid(moved, NULL) OR moved.sum_rm <= 0 THEN
        RAISE EXCEPTION 'project_sum_above_commitment' USING ERRCODE = 'EK207';
    END IF;
    RETURN moved;
END
$$;

CREATE OR REPLACE FUNCTION project_work_accepted(asked_project bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM project_report AS r WHERE r.project_id = asked_project AND r.state = 'diterima'
                   AND EXISTS (SELECT FROM unnest(r.shares) AS s WHERE s > 0))
$$;

-- A project that goes back by a state, or is called off: what was agreed to is given back; the need stays met where work on it
-- was accepted.
CREATE OR REPLACE FUNCTION undone_project(moved project, step text) RETURNS project
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF step = 'kembali' AND moved.state = 'dalam_pelaksanaan' THEN
        IF project_work_accepted(moved.id) OR project_paid(moved, NULL) > 0 THEN
            RAISE EXCEPTION 'project_work_accepted' USING ERRCODE = 'EK218';
        END IF;
        DELETE FROM project_plan WHERE project_id = moved.id;
        moved.contractor_id := NULL;
        moved.sum_rm := NULL;
        moved.completion := NULL;
    ELSIF step = 'batal' OR moved.state = 'diperakukan' THEN
        PERFORM release_project(moved);
        IF NOT project_work_accepted(moved.id) THEN
            UPDATE aid_claim SET ended_at = now() WHERE application_no = moved.number AND ended_at IS NULL;
        END IF;
        IF step = 'kembali' THEN
            moved.committed_rm := NULL;
            moved.commit_year := NULL;
            -- leave that was used stays with its claim
            moved.override_id := CASE WHEN NOT EXISTS (SELECT FROM aid_claim AS c WHERE c.override_id = moved.override_id)
                                      THEN moved.override_id END;
        END IF;
    END IF;
    RETURN moved;
END
$$;

REVOKE ALL ON FUNCTION agreed_project(project), claim_for_project(project, aid_need, bigint),
    post_project(project, text, numeric, integer), release_project(project), project_paid(project, text), judge_project_payment(),
    varied_project(project, text, jsonb), project_work_accepted(bigint), undone_project(project, text) FROM PUBLIC;
