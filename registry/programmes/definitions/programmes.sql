-- Who gives what: read by everybody who is signed in, changed by who manages programmes, an agency's own by its own people.

-- The agency and the office of who is acting; none for who belongs to no agency.
CREATE OR REPLACE FUNCTION acting_agency() RETURNS integer LANGUAGE sql STABLE
AS $$ SELECT nullif(current_setting('app.agency', true), '')::integer $$;

CREATE OR REPLACE FUNCTION acting_office() RETURNS text LANGUAGE sql STABLE
AS $$ SELECT nullif(current_setting('app.office', true), '') $$;

-- Whether who is acting is of no agency by office: an account of an agency or a council to which none was given yet is of none
-- that there is, and not over all of them.
CREATE OR REPLACE FUNCTION of_no_agency() RETURNS boolean LANGUAGE sql STABLE
AS $$
    SELECT ekasih.acting_agency() IS NULL
        AND coalesce(current_setting('app.role', true), '') NOT IN ('agency', 'council')
$$;

-- Whether who is acting may change what this agency gives: its own people, and those who belong to none.
CREATE OR REPLACE FUNCTION manages_programmes_of(agency integer) RETURNS boolean LANGUAGE sql STABLE
AS $$ SELECT ekasih.may('manage_programmes') AND coalesce(agency = ekasih.acting_agency(), ekasih.of_no_agency()) $$;

-- The conditions of a programme that are in force on a day.
CREATE OR REPLACE FUNCTION conditions_in_force(asked_programme integer, day date) RETURNS SETOF aid_conditions
LANGUAGE sql STABLE
AS $$
    SELECT c.* FROM ekasih.aid_conditions AS c
    WHERE c.programme_id = asked_programme AND daterange(c.from_date, c.until_date, '[]') @> day
$$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['agency', 'office', 'aid_need', 'aid_programme', 'aid_kind', 'aid_rate', 'aid_conditions']
    LOOP
        EXECUTE format('CREATE POLICY read_programmes ON %I FOR SELECT TO app_web USING ((SELECT signed_in()))', name);
        EXECUTE format('GRANT SELECT ON %I TO app_web', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['agency', 'office', 'aid_need']
    LOOP
        EXECUTE format('CREATE POLICY change_programmes ON %I TO app_web
                        USING (may(''manage_programmes'') AND of_no_agency())
                        WITH CHECK (may(''manage_programmes'') AND of_no_agency())', name);
        EXECUTE format('GRANT INSERT, UPDATE ON %I TO app_web', name);
    END LOOP;
END
$$;
CREATE POLICY change_programmes ON aid_programme TO app_web
USING (manages_programmes_of(agency_id)) WITH CHECK (manages_programmes_of(agency_id));
CREATE POLICY change_programmes ON aid_kind TO app_web
USING (EXISTS (SELECT FROM aid_programme AS p WHERE p.id = aid_kind.programme_id AND manages_programmes_of(p.agency_id)))
WITH CHECK (EXISTS (SELECT FROM aid_programme AS p WHERE p.id = aid_kind.programme_id
                    AND manages_programmes_of(p.agency_id)));
CREATE POLICY change_programmes ON aid_conditions TO app_web
USING (EXISTS (SELECT FROM aid_programme AS p WHERE p.id = aid_conditions.programme_id
               AND manages_programmes_of(p.agency_id)))
WITH CHECK (EXISTS (SELECT FROM aid_programme AS p WHERE p.id = aid_conditions.programme_id
                    AND manages_programmes_of(p.agency_id)));
CREATE POLICY change_programmes ON aid_rate TO app_web
USING (EXISTS (SELECT FROM aid_kind AS k JOIN aid_programme AS p ON p.id = k.programme_id
               WHERE k.id = aid_rate.kind_id AND manages_programmes_of(p.agency_id)))
WITH CHECK (EXISTS (SELECT FROM aid_kind AS k JOIN aid_programme AS p ON p.id = k.programme_id
                    WHERE k.id = aid_rate.kind_id AND manages_programmes_of(p.agency_id)));
GRANT INSERT, UPDATE ON aid_programme, aid_kind TO app_web;
-- a rate and conditions that decided something stay as they were: only the day they end may be set
GRANT INSERT, UPDATE (until_date) ON aid_rate, aid_conditions TO app_web;
-- who changed what is given reads that entry of the log, as adding it needs
CREATE POLICY read_own_programmes ON audit_log FOR SELECT TO app_web
USING (subject IN ('aid_programme', 'office', 'aid_need') AND actor_id = (SELECT acting_user()));
