-- What an application that is granted takes from the money of its programme, and gives back: where it meets the ledger.

-- Commits what is granted, for programmes whose money is kept here, or is refused by the ledger; answers the fiscal year that it
-- is committed in.
CREATE OR REPLACE FUNCTION commit_application(asked aid_application) RETURNS integer
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    year integer;
BEGIN
    SELECT fiscal_year(current_date, a.fiscal_month) INTO year
    FROM aid_kind AS k JOIN aid_programme AS p ON p.id = k.programme_id JOIN agency AS a ON a.id = p.agency_id
    WHERE k.id = asked.kind_id AND p.has_ledger;
    PERFORM post_application(asked, 'tanggungan', year);
    RETURN year;
END
$$;

-- Gives back what is still committed, unless its year was closed and took it; answers how much was paid already.
CREATE OR REPLACE FUNCTION release_application(asked aid_application) RETURNS numeric
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    of_programme text := programme_of_kind(asked.kind_id);
    paid numeric;
BEGIN
    SELECT coalesce(sum(b.amount) FILTER (WHERE b.account = 'BELANJA'), 0),
        sum(b.amount) FILTER (WHERE b.account = 'TANGGUNGAN') INTO paid, asked.amount_rm
    FROM ledger_balance AS b
    WHERE b.year = asked.commit_year AND b.programme = of_programme AND b.case_no = asked.number;
    IF asked.amount_rm > 0 AND NOT year_of_application_closed(of_programme, asked.commit_year) THEN
        PERFORM post_application(asked, 'lepas', asked.commit_year);
    END IF;
    RETURN paid;
END
$$;

-- Posts a command of the ledger on the case that the application is; without a year there is nothing to post.
CREATE OR REPLACE FUNCTION post_application(asked aid_application, command text, year integer) RETURNS void
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF year IS NOT NULL THEN
        PERFORM ledger_post(command, current_date, year, programme_of_kind(asked.kind_id), asked.office_code, asked.number,
            asked.amount_rm, format('%s/%s/%s', upper(command), asked.number, asked.version), '');
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION programme_of_kind(asked_kind integer) RETURNS text
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$ SELECT p.code FROM aid_kind AS k JOIN aid_programme AS p ON p.id = k.programme_id WHERE k.id = asked_kind $$;

CREATE OR REPLACE FUNCTION year_of_application_closed(asked_programme text, asked_year integer) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM ledger_year AS y
                   WHERE y.year = asked_year AND y.programme = asked_programme AND y.closed_on IS NOT NULL)
$$;

-- A payment that goes out, fails or arrives moves the application that it is for. It is complete when nothing of it is left to
-- be paid, and no longer once the bank sends one back.
CREATE OR REPLACE FUNCTION follow_payment() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    step text := CASE NEW.state WHEN 'dihantar' THEN 'bayar' WHEN 'berjaya' THEN 'terima' ELSE 'gagal' END;
BEGIN
    IF step <> 'terima' OR NOT EXISTS (
        SELECT FROM ledger_balance AS b
        WHERE (b.year, b.programme, b.office, b.case_no) = (NEW.year, NEW.programme, NEW.office, NEW.case_no)
            AND b.account IN ('TANGGUNGAN', 'DALAM_BAYARAN') AND b.amount > 0) THEN
        PERFORM system_step(a.number, step, NULL) FROM aid_application AS a
        WHERE a.number = NEW.case_no AND programme_of_kind(a.kind_id) = NEW.programme;
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER payment_followed AFTER INSERT OR UPDATE OF state ON payment
FOR EACH ROW WHEN (NEW.state IN ('dihantar', 'gagal', 'dipulangkan', 'berjaya')) EXECUTE FUNCTION follow_payment();

REVOKE ALL ON FUNCTION commit_application(aid_application), release_application(aid_application),
    post_application(aid_application, text, integer), year_of_application_closed(text, integer) FROM PUBLIC;
