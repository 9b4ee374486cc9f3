-- Payments: lists that one person makes and another releases, payees' accounts, and the bank's answers row by row.

-- The programmes and offices whose money who is acting may read: the own agency's, or within the own territory.
CREATE OR REPLACE FUNCTION ledger_places() RETURNS TABLE (programme text, office text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    WITH places AS (
        SELECT p.code AS programme, o.code AS office,
            CASE WHEN acting_agency() IS NOT NULL
                 THEN p.agency_id = acting_agency() AND coalesce(o.code = acting_office(), true)
                 ELSE of_no_agency() AND (nationwide() OR territory_districts(o.territory) && acting_districts()
                                          OR o.territory && acting_catchments()) END AS seen
        FROM aid_programme AS p JOIN office AS o ON o.agency_id = p.agency_id
        WHERE may('read_ledger')
    )
    SELECT pl.programme, pl.office FROM places AS pl WHERE pl.seen
    UNION
    SELECT pl.programme, '' FROM places AS pl WHERE pl.seen
    UNION
    SELECT p.code, '' FROM aid_programme AS p
    WHERE may('read_ledger')
        AND CASE WHEN acting_agency() IS NULL THEN of_no_agency() AND nationwide() ELSE p.agency_id = acting_agency() END
$$;

-- Whether who is acting moves the money of a programme and office: the own agency's, or all where nobody is more central.
CREATE OR REPLACE FUNCTION moves_money(asked_programme text, asked_office text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM aid_programme AS p
        WHERE p.code = asked_programme AND p.has_ledger
            AND CASE WHEN acting_agency() IS NULL THEN of_no_agency() AND nationwide()
                     ELSE p.agency_id = acting_agency() AND coalesce(asked_office = acting_office(), true) END)
$$;

-- Allocates, warrants, commits, gives back, reverses or closes for who is acting; the reference is given where none is.
CREATE OR REPLACE FUNCTION ledger_command(
    command text, day date, year integer, programme text, office text, case_no text, amount numeric, reference text,
    original text)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF NOT (may('manage_allocation') OR command IN ('tanggungan', 'lepas') AND may('approve_aid'))
       OR command NOT IN ('peruntukan', 'kurang', 'waran', 'waran_pulang', 'tanggungan', 'lepas', 'batal', 'tutup')
       OR NOT moves_money(programme, office) THEN
        RAISE EXCEPTION 'not_permitted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN ledger_post(command, day, year, programme, office, case_no, amount,
                       coalesce(nullif(reference, ''), command || '-' || replace(gen_random_uuid()::text, '-', '')),
                       original);
END
$$;

-- Who made or released a list, by name, for who reads the ledger.
CREATE OR REPLACE FUNCTION name_by_money(asked_user bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$ SELECT u.display_name FROM app_user AS u WHERE u.id = asked_user AND may('read_ledger') $$;

-- The account of a case as it stands: the newest.
CREATE OR REPLACE FUNCTION payee_of(asked_programme text, asked_case text) RETURNS payee_account
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT a FROM payee_account AS a WHERE a.programme = asked_programme AND a.case_no = asked_case
    ORDER BY a.id DESC LIMIT 1
$$;

-- Notes the account of a case; one that differs from the one before is to be verified by somebody else.
CREATE OR REPLACE FUNCTION set_payee(
    asked_programme text, asked_office text, asked_case text, name text, asked_id text, bank text, account text)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    before payee_account := payee_of(asked_programme, asked_case);
    made bigint;
BEGIN
    IF NOT (may('make_payments') OR may('approve_aid')) OR NOT moves_money(asked_programme, asked_office) THEN
        RAISE EXCEPTION 'not_permitted' USING ERRCODE = 'insufficient_privilege';
    ELSIF (before.office, before.payee_name, before.id_no, before.bank_code, before.account_no)
        = (asked_office, name, asked_id, bank, account) THEN
        RETURN before.id;
    END IF;
    INSERT INTO payee_account (programme, office, case_no, payee_name, id_no, bank_code, account_no, entered_by)
    VALUES (asked_programme, asked_office, asked_case, name, asked_id, bank, account, acting_user())
    RETURNING id INTO made;
    RETURN made;
END
$$;

CREATE OR REPLACE FUNCTION verify_payee(asked_account bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    found payee_account;
BEGIN
    SELECT * INTO found FROM payee_account WHERE id = asked_account FOR UPDATE;
    IF found.id IS NULL OR NOT (may('make_payments') OR may('release_payments'))
       OR NOT moves_money(found.programme, found.office) THEN
        RAISE EXCEPTION 'not_permitted' USING ERRCODE = 'insufficient_privilege';
    ELSIF found.entered_by = acting_user() THEN
        RAISE EXCEPTION 'case_step_same_person' USING ERRCODE = 'EK004';
    END IF;
    UPDATE payee_account SET verified_by = acting_user(), verified_at = now()
    WHERE id = asked_account AND verified_at IS NULL;
END
$$;

-- Makes a list of payments of a programme: each of a case that has the money and a verified account.
CREATE OR REPLACE FUNCTION make_payment_list(asked_year integer, asked_programme text, asked_office text, cases jsonb)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    made payment_list;
    asked record;
    payee payee_account;
BEGIN
    IF NOT may('make_payments') OR NOT moves_money(asked_programme, asked_office) THEN
        RAISE EXCEPTION 'not_permitted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO payment_list (number, programme, office, made_by)
    VALUES (gen_random_uuid()::text, asked_programme, asked_office, acting_user()) RETURNING * INTO made;
    UPDATE payment_list SET number = format('SB-%s-%s', asked_year, lpad(made.id::text, 6, '0'))
    WHERE id = made.id RETURNING * INTO made;
    FOR asked IN
        SELECT c.*, row_number() OVER (ORDER BY c.office, c.case_no) AS n, b.amount AS held
        FROM jsonb_to_recordset(cases) AS c (office text, case_no text, amount numeric, note text)
        LEFT JOIN ledger_balance AS b ON b.year = asked_year AND b.programme = asked_programme
            AND b.office = c.office AND b.case_no = c.case_no AND b.account = 'TANGGUNGAN' AND asked_office IN ('', c.office)
        ORDER BY n
    LOOP
        payee := payee_of(asked_programme, asked.case_no);
        IF coalesce(asked.amount, 0) <= 0 THEN
            PERFORM refuse_entry('amaun_tidak_positif');
        ELSIF asked.held IS NULL OR asked.held < asked.amount THEN
            PERFORM refuse_entry('baki_tidak_cukup');
        ELSIF payee.verified_at IS NULL THEN
            RAISE EXCEPTION 'akaun_belum_disahkan' USING ERRCODE = 'EK096';
        ELSIF EXISTS (SELECT FROM payment AS p WHERE p.programme = asked_programme AND p.case_no = asked.case_no
                      AND p.office = asked.office AND p.state = 'disediakan') THEN
            RAISE EXCEPTION 'sudah_disenaraikan' USING ERRCODE = 'EK097';
        END IF;
        INSERT INTO payment (number, list_id, year, programme, office, case_no, amount, state, account_id, note)
        VALUES (format('%s-%s', made.number, lpad(asked.n::text, 4, '0')), made.id, asked_year, asked_programme,
                asked.office, asked.case_no, asked.amount, 'disediakan', payee.id, coalesce(asked.note, ''));
    END LOOP;
    RETURN made.id;
END
$$;

-- A list that who is acting may still change, held.
CREATE OR REPLACE FUNCTION hold_payment_list(asked_list bigint) RETURNS payment_list
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    found payment_list;
BEGIN
    SELECT * INTO found FROM payment_list WHERE id = asked_list FOR UPDATE;
    IF found.id IS NULL OR NOT moves_money(found.programme, found.office) THEN
        RAISE EXCEPTION 'not_permitted' USING ERRCODE = 'insufficient_privilege';
    ELSIF found.state <> 'disediakan' THEN
        RAISE EXCEPTION 'senarai_sudah_dilepaskan' USING ERRCODE = 'EK098';
    END IF;
    RETURN found;
END
$$;

-- Releases a list: another person than its maker posts 'bayar' for each row, all or none.
CREATE OR REPLACE FUNCTION release_payment_list(asked_list bigint, day date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    found payment_list := hold_payment_list(asked_list);
    paid payment;
    sent integer := 0;
BEGIN
    IF NOT may('release_payments') THEN
        RAISE EXCEPTION 'not_permitted' USING ERRCODE = 'insufficient_privilege';
    ELSIF found.made_by = acting_user() THEN
        RAISE EXCEPTION 'case_step_same_person' USING ERRCODE = 'EK004';
    END IF;
    PERFORM hold_ledger_year(p.year, p.programme, false), hold_ledger_offices(p.year, p.programme, p.offices)
    FROM (SELECT year, programme, array_agg(office) AS offices FROM payment
          WHERE list_id = asked_list AND state = 'disediakan' GROUP BY year, programme) AS p;
    FOR paid IN
        SELECT * FROM payment WHERE list_id = asked_list AND state = 'disediakan' ORDER BY year, office, case_no
    LOOP
        IF (payee_of(paid.programme, paid.case_no)).id IS DISTINCT FROM paid.account_id THEN
            RAISE EXCEPTION 'akaun_belum_disahkan' USING ERRCODE = 'EK096';
        END IF;
        PERFORM ledger_post('bayar', day, paid.year, paid.programme, paid.office, paid.case_no, paid.amount,
                            paid.number, NULL);
        sent := sent + 1;
    END LOOP;
    UPDATE payment_list SET state = 'dilepaskan', listed_on = day, released_by = acting_user(), released_at = now()
    WHERE id = asked_list;
    RETURN sent;
END
$$;

-- Takes a payment off a list that was not released, or calls the whole list off.
CREATE OR REPLACE FUNCTION call_off_payments(asked_list bigint, asked_payment bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    PERFORM hold_payment_list(asked_list);
    IF NOT (may('make_payments') OR may('release_payments')) THEN
        RAISE EXCEPTION 'not_permitted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE payment SET state = 'dibatalkan'
    WHERE list_id = asked_list AND state = 'disediakan' AND id = coalesce(asked_payment, id);
    UPDATE payment_list SET state = 'dibatalkan'
    WHERE id = asked_list AND NOT EXISTS (SELECT FROM payment WHERE list_id = asked_list AND state = 'disediakan');
END
$$;

-- A file of answers has come: its rows follow one by one.
CREATE OR REPLACE FUNCTION begin_answers(name text, received date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    made bigint;
BEGIN
    IF NOT may('make_payments') THEN
        RAISE EXCEPTION 'not_permitted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO payment_answer_file (agency_id, name, received_on, received_by)
    VALUES (acting_agency(), name, received, acting_user()) RETURNING id INTO made;
    RETURN made;
END
$$;

-- What an answer of the bank comes to, before anything moves: a code, or the command that it posts.
CREATE OR REPLACE FUNCTION judge_answer(paid payment, listed payment_list, given payment_answer, processed_on date,
                                        given_amount numeric, received date)
RETURNS text
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT CASE
        WHEN paid.id IS NULL THEN 'bayaran_tidak_dikenali'
        WHEN EXISTS (SELECT FROM payment_answer AS a WHERE a.file_id = given.file_id AND a.payment_id = paid.id)
            THEN 'baris_berulang'
        WHEN given.status NOT IN ('berjaya', 'gagal', 'dipulangkan') THEN 'status_tidak_dikenali'
        WHEN processed_on IS NULL OR processed_on NOT BETWEEN listed.listed_on AND received THEN 'tarikh_tidak_sah'
        WHEN given_amount IS DISTINCT FROM paid.amount THEN 'amaun_tidak_sama'
        WHEN paid.state = given.status THEN 'tiada_perubahan'
        WHEN paid.state = 'dihantar' THEN CASE given.status WHEN 'berjaya' THEN 'sah' ELSE 'gagal' END
        WHEN paid.state = 'berjaya' AND given.status = 'dipulangkan' THEN 'pulang'
        ELSE 'jawapan_bercanggah' END
$$;

-- Takes the turns of all that the rows of a file may move, so that two files never wait for each other in a circle.
CREATE OR REPLACE FUNCTION hold_answers(numbers text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    book record;
BEGIN
    FOR book IN
        SELECT p.year, p.programme, array_agg(DISTINCT p.office) AS offices FROM payment AS p
        WHERE p.number = ANY (numbers) AND p.state NOT IN ('disediakan', 'dibatalkan')
            AND (acting_user() IS NULL OR moves_money(p.programme, p.office))
        GROUP BY p.year, p.programme ORDER BY p.year, p.programme
    LOOP
        PERFORM hold_ledger_year(book.year, book.programme, false);
        PERFORM hold_ledger_offices(book.year, book.programme, book.offices);
    END LOOP;
END
$$;

-- Judges a row of a file of answers by itself, posts what follows from it, and keeps it as it was written.
CREATE OR REPLACE FUNCTION keep_answer(file payment_answer_file, asked_row integer, given jsonb) RETURNS text
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    answer payment_answer := jsonb_populate_record(NULL::payment_answer, given);
    listed payment_list;
    paid payment;
BEGIN
    answer.file_id := file.id;
    SELECT l.* INTO listed FROM payment_list AS l
    WHERE l.number = answer.list_number AND l.state = 'dilepaskan';
    SELECT p.* INTO paid FROM payment AS p
    WHERE p.number = answer.number AND p.list_id = listed.id AND p.state NOT IN ('disediakan', 'dibatalkan')
        AND (acting_user() IS NULL OR moves_money(p.programme, p.office));
    answer.payment_id := paid.id;
    answer.result := judge_answer(paid, listed, answer, (given ->> 'processed_on')::date,
                                  (given ->> 'given_amount')::numeric, file.received_on);
    answer.fate := CASE answer.result WHEN 'tiada_perubahan' THEN 'unchanged' WHEN 'jawapan_bercanggah' THEN 'held'
        WHEN 'sah' THEN 'accepted' WHEN 'gagal' THEN 'accepted' WHEN 'pulang' THEN 'accepted' ELSE 'rejected' END;
    IF answer.fate = 'accepted' THEN
        BEGIN
            PERFORM ledger_post(answer.result, file.received_on, paid.year, paid.programme, paid.office, paid.case_no,
                                paid.amount, format('JWB/%s/%s', file.id, asked_row), paid.number, true);
            UPDATE payment SET state = answer.status WHERE id = paid.id;
            answer.result := CASE answer.result WHEN 'sah' THEN 'berjaya' WHEN 'pulang' THEN 'dipulangkan' ELSE 'gagal' END;
        EXCEPTION WHEN SQLSTATE 'EK082' OR SQLSTATE 'EK092' THEN  -- the year it belongs to is closed, or its money gone
            answer.result := SQLERRM;
            answer.fate := 'held';
        END;
    END IF;
    INSERT INTO payment_answer (file_id, row_no, payment_id, list_number, number, status, processed, amount,
        bank_reference, reason, result, fate)
    VALUES (file.id, asked_row, answer.payment_id, answer.list_number, answer.number, answer.status, answer.processed,
            answer.amount, answer.bank_reference, answer.reason, answer.result, answer.fate);
    RETURN answer.result;
END
$$;

CREATE OR REPLACE FUNCTION take_answer(asked_file bigint, asked_row integer, given jsonb) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    file payment_answer_file;
BEGIN
    SELECT * INTO file FROM payment_answer_file WHERE id = asked_file AND received_by = acting_user();
    IF file.id IS NULL OR NOT may('make_payments') THEN
        RAISE EXCEPTION 'not_permitted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN keep_answer(file, asked_row, given);
END
$$;

CREATE POLICY read_reach ON ledger_year FOR SELECT TO app_web
USING (programme IN (SELECT l.programme FROM ledger_places() AS l));
CREATE POLICY read_reach ON ledger_entry FOR SELECT TO app_web
USING ((programme, office) IN (SELECT l.programme, l.office FROM ledger_places() AS l));
CREATE POLICY read_reach ON ledger_line FOR SELECT TO app_web
USING (EXISTS (SELECT FROM ledger_entry AS e WHERE e.id = ledger_line.entry_id));
CREATE POLICY read_reach ON ledger_balance FOR SELECT TO app_web
USING ((programme, office) IN (SELECT l.programme, l.office FROM ledger_places() AS l));
CREATE POLICY read_reach ON ledger_vote FOR SELECT TO app_web
USING ((programme, office) IN (SELECT l.programme, l.office FROM ledger_places() AS l));
-- who is paid, to which account and whose case it is, stays with the agency and the nation's own office
CREATE POLICY read_own ON payment_list FOR SELECT TO app_web
USING ((SELECT may('read_ledger')) AND ((SELECT acting_agency()) IS NOT NULL OR (SELECT nationwide()))
       AND (programme, office) IN (SELECT l.programme, l.office FROM ledger_places() AS l));
CREATE POLICY read_own ON payment FOR SELECT TO app_web
USING ((SELECT may('read_ledger')) AND ((SELECT acting_agency()) IS NOT NULL OR (SELECT nationwide()))
       AND (programme, office) IN (SELECT l.programme, l.office FROM ledger_places() AS l));
CREATE POLICY read_own ON payee_account FOR SELECT TO app_web
USING (((SELECT may('make_payments')) OR (SELECT may('release_payments')))
       AND ((SELECT acting_agency()) IS NOT NULL OR (SELECT nationwide()))
       AND (programme, office) IN (SELECT l.programme, l.office FROM ledger_places() AS l));
CREATE POLICY read_own ON payment_answer_file FOR SELECT TO app_web
USING ((SELECT may('make_payments')) AND (agency_id = (SELECT acting_agency()) AND (SELECT acting_office()) IS NULL
       OR received_by = (SELECT acting_user()) OR (SELECT acting_agency()) IS NULL AND (SELECT nationwide())));
CREATE POLICY read_own ON payment_answer FOR SELECT TO app_web
USING (EXISTS (SELECT FROM payment_answer_file AS f WHERE f.id = payment_answer.file_id));
GRANT SELECT ON ledger_year, ledger_entry, ledger_line, ledger_balance, ledger_vote, payment_list, payment, payee_account,
    payment_answer_file, payment_answer TO app_web;

-- what is written down of money belongs to no district; who wrote it may read it back
CREATE POLICY read_own_money ON audit_log FOR SELECT TO app_web
USING (subject IN ('ledger_entry', 'payment_list', 'payee_account', 'payment_answer_file')
       AND actor_id = (SELECT acting_user()));

REVOKE ALL ON FUNCTION
    ledger_places(), moves_money(text, text), payee_of(text, text), name_by_money(bigint), hold_payment_list(bigint),
    ledger_command(text, date, integer, text, text, text, numeric, text, text),
    set_payee(text, text, text, text, text, text, text), verify_payee(bigint),
    make_payment_list(integer, text, text, jsonb), release_payment_list(bigint, date), call_off_payments(bigint, bigint),
    begin_answers(text, date), hold_answers(text[]), take_answer(bigint, integer, jsonb),
    keep_answer(payment_answer_file, integer, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    ledger_places(), moves_money(text, text), payee_of(text, text), name_by_money(bigint),
    ledger_command(text, date, integer, text, text, text, numeric, text, text),
    set_payee(text, text, text, text, text, text, text), verify_payee(bigint),
    make_payment_list(integer, text, text, jsonb), release_payment_list(bigint, date), call_off_payments(bigint, bigint),
    begin_answers(text, date), hold_answers(text[]), take_answer(bigint, integer, jsonb) TO app_web;
