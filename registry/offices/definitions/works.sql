-- The projects of an office, for who works in it: what stands open, by state, and what became finished in a year. Which of those under
-- way are late is worked out beside their plans.

-- Whether who is acting counts the projects of an office.
CREATE OR REPLACE FUNCTION counts_office_projects(asked_office text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$ SELECT may('read_projects') AND sees_persons() AND acts_for_office(asked_office) $$;

-- The projects of an office that are not over, and since when the one that stood longest has been in its state.
CREATE OR REPLACE FUNCTION office_projects(asked_office text) RETURNS TABLE (waiting bigint, oldest_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT count(*), min(p.state_since)
    FROM project AS p
    WHERE p.office_code = asked_office AND p.state NOT IN ('siap', 'ditolak', 'dibatalkan')
        AND may('read_projects') AND acts_for_office(asked_office)
    HAVING may('read_projects') AND acts_for_office(asked_office)
$$;

-- The projects of an office by their state, with the sum of their contracts; of one without a contract what it is to cost.
CREATE OR REPLACE FUNCTION office_project_states(asked_office text) RETURNS TABLE (state text, projects bigint, amount numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT p.state, count(*), sum(coalesce(p.sum_rm, p.cost_rm, p.estimate_rm))
    FROM office AS o JOIN project AS p ON p.agency_id = o.agency_id AND p.office_code = o.code
    WHERE o.code = asked_office AND counts_office_projects(asked_office)
    GROUP BY p.state
$$;

-- The projects of an office that became finished in a year: whether it is a house (what meets a need that is met once in a life), from
-- when work on it began last until when it was planned and took, how many households it was for, and what was paid for it in all,
-- for who reads the ledger.
CREATE OR REPLACE FUNCTION office_finished(asked_office text, asked_year integer)
RETURNS TABLE (number text, title text, house boolean, began_on date, planned_on date, finished_on date, days integer,
               on_time boolean, households integer, spent numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT p.number, p.title, EXISTS (SELECT FROM project_type AS t JOIN aid_need AS n ON n.code = t.need_code AND n.once
                                      WHERE t.code = p.type_code),
        b.day, v.day, p.finished_on, p.finished_on - b.day, coalesce(p.finished_on <= v.day, false),
        (SELECT count(*)::integer FROM project_household AS l WHERE l.project_id = p.id),
        CASE WHEN may('read_ledger') THEN coalesce((
            SELECT sum(s.amount) FROM ledger_balance AS s
            WHERE s.programme = p.programme_code AND s.office = p.office_code AND s.case_no = p.number AND s.account = 'BELANJA'), 0) END
    FROM office AS o
    JOIN project AS p ON p.agency_id = o.agency_id AND p.office_code = o.code AND p.state = 'siap'
    LEFT JOIN LATERAL (SELECT max(s.at)::date AS day FROM project_step AS s
                       WHERE s.project_id = p.id AND s.action = 'mula') AS b ON true
    LEFT JOIN LATERAL (SELECT (SELECT max(e) FROM unnest(n.ends) AS e) AS day FROM project_plan AS n
                       WHERE n.project_id = p.id ORDER BY n.version DESC LIMIT 1) AS v ON true
    WHERE o.code = asked_office AND counts_office_projects(asked_office)
        AND p.finished_on BETWEEN make_date(asked_year, 1, 1) AND make_date(asked_year, 12, 31)
$$;

-- What became finished in a year, in one row: houses, of them by their planned day, the middle of their days; and, of all projects
-- that were for households, these and what was paid for them.
CREATE OR REPLACE FUNCTION office_works(asked_office text, asked_year integer)
RETURNS TABLE (houses bigint, on_time bigint, median_days numeric, projects bigint, households bigint, spent numeric, as_of date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT count(*) FILTER (WHERE f.house), count(*) FILTER (WHERE f.house AND f.on_time),
        (percentile_cont(0.5) WITHIN GROUP (ORDER BY f.days) FILTER (WHERE f.house))::numeric,
        count(*) FILTER (WHERE f.households > 0), coalesce(sum(f.households), 0), sum(f.spent) FILTER (WHERE f.households > 0),
        current_date
    FROM office_finished(asked_office, asked_year) AS f
    HAVING counts_office_projects(asked_office)
$$;

REVOKE ALL ON FUNCTION counts_office_projects(text), office_projects(text), office_project_states(text),
    office_finished(text, integer), office_works(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION office_projects(text), office_project_states(text), office_finished(text, integer),
    office_works(text, integer) TO app_web;
