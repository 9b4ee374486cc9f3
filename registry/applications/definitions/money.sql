-- What an application that is granted takes from the money of its programme, and gives back: where it meets the ledger.

-- Commits what is granted, for programmes whose money is kept here; answers the fiscal year that it is committed in.
CREATE OR REPLACE FUNCTION commit_application(asked aid_application) RETURNS integer
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    year integer;
BEGIN
    SELECT extract(year FROM current_date)::integer
        - CASE WHEN extract(month FROM current_date) < a.fiscal_month THEN 1 ELSE 0 END INTO year
    FROM aid_kind AS k JOIN aid_programme AS p ON p.id = k.programme_id JOIN agency AS a ON a.id = p.agency_id
    WHERE k.id = asked.kind_id AND p.has_ledger;
    PERFORM post_application(asked, 'tanggungan', year);
    RETURN year;
END
$$;

-- Gives back what was committed, unless its year was closed and took it.
CREATE OR REPLACE FUNCTION release_application(asked aid_application) RETURNS void
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF NOT year_of_application_closed((SELECT p.code FROM aid_kind AS k JOIN aid_programme AS p ON p.id = k.programme_id
                                       WHERE k.id = asked.kind_id), asked.commit_year) THEN
        PERFORM post_application(asked, 'lepas', asked.commit_year);
    END IF;
END
$$;

-- Posts a command of the ledger on the case that the application is; without a year there is nothing to post.
CREATE OR REPLACE FUNCTION post_application(asked aid_application, command text, year integer) RETURNS void
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF year IS NOT NULL AND to_regproc('ekasih.ledger_post') IS NOT NULL THEN
        EXECUTE 'SELECT ledger_post($1, current_date, $2, p.code, $3, $4, $5, $6, '''')
                 FROM aid_kind AS k JOIN aid_programme AS p ON p.id = k.programme_id WHERE k.id = $7'
        USING command, year, asked.office_code, asked.number, asked.amount_rm,
              upper(command) || '/' || asked.number || '/' || asked.version, asked.kind_id;
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION year_of_application_closed(asked_programme text, asked_year integer) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    closed boolean := false;
BEGIN
    IF asked_year IS NOT NULL AND to_regclass('ekasih.ledger_year') IS NOT NULL THEN
        EXECUTE 'SELECT EXISTS (SELECT FROM ledger_year WHERE year = $1 AND programme = $2 AND closed_on IS NOT NULL)'
        INTO closed USING asked_year, asked_programme;
    END IF;
    RETURN closed;
END
$$;

REVOKE ALL ON FUNCTION commit_application(aid_application), release_application(aid_application),
    post_application(aid_application, text, integer), year_of_application_closed(text, integer) FROM PUBLIC;
