-- The figures of an office, for who works in it: each a share of something, with the day it is of. What is counted is of the
-- office's own places and its own work, so that the cost does not grow with the register.

-- Whether who is acting belongs to an office, or to its agency and to no other office of it.
CREATE OR REPLACE FUNCTION acts_for_office(asked_office text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM office AS o WHERE o.code = asked_office AND o.agency_id = acting_agency()
                   AND coalesce(o.code = acting_office(), true))
$$;

-- The registered households of an office's places.
CREATE OR REPLACE FUNCTION office_households(asked_office text) RETURNS SETOF household
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT h.* FROM office AS o JOIN household AS h ON h.catchment_codes && o.territory
    WHERE o.code = asked_office AND h.exited_on IS NULL
    UNION ALL
    SELECT h.* FROM office AS o JOIN household AS h ON h.district_code = ANY (territory_districts(o.territory))
    WHERE o.code = asked_office AND h.exited_on IS NULL AND NOT h.catchment_codes && o.territory
$$;

-- Whether a household's point is to be confirmed: it was worked out from an address, and not well.
CREATE OR REPLACE FUNCTION point_unsure(asked household) RETURNS boolean
LANGUAGE sql IMMUTABLE
AS $$ SELECT coalesce(asked.geom_method NOT IN ('given', 'swapped', 'manual') AND asked.geom_accuracy_m > 2000, false) $$;

-- The vote book of an office in a year, over the programmes in which it has a warrant: allocation and what of it is not warranted
-- are those of the programmes, which other offices may share.
CREATE OR REPLACE FUNCTION office_votes(asked_office text, asked_year integer)
RETURNS TABLE (programmes bigint, shared boolean, peruntukan numeric, agihan numeric, tanggungan numeric, belanja numeric,
               baki numeric, percent numeric, changed_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT count(*), coalesce(bool_or(EXISTS (SELECT FROM ledger_vote AS w WHERE w.year = v.year AND w.programme = v.programme
                                              AND w.office NOT IN ('', v.office))), false),
        coalesce(sum(-p.sumber - p.pulangan), 0), coalesce(sum(v.waran + v.tanggungan + v.dalam_bayaran + v.belanja), 0),
        coalesce(sum(v.tanggungan + v.dalam_bayaran), 0), coalesce(sum(v.belanja), 0), coalesce(sum(p.peruntukan + v.waran), 0),
        round(sum(v.belanja) * 100 / nullif(sum(-p.sumber - p.pulangan), 0), 2), max(v.changed_on)
    FROM ledger_vote AS v
    JOIN ledger_vote AS p ON p.year = v.year AND p.programme = v.programme AND p.office = ''
    WHERE v.year = asked_year AND v.office = asked_office AND may('read_ledger') AND acts_for_office(asked_office)
$$;

-- A figure's households: of the places that are poor (miskin, tegar), whose point is to be confirmed (titik), who were aided by the
-- office in the year (dibantu) or not (belum_dibantu); of those who were helped between two years and one year ago, who is still
-- registered (dahulu) and who is out of poverty (keluar).
CREATE OR REPLACE FUNCTION office_figure_households(asked_office text, asked_year integer, figure text) RETURNS SETOF household
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF NOT works_in_office(asked_office) THEN
        RETURN;
    ELSIF figure IN ('dahulu', 'keluar') THEN
        RETURN QUERY SELECT h.* FROM household AS h
            WHERE h.exited_on IS NULL AND (figure = 'dahulu' OR h.status = 'terkeluar') AND h.id IN (
                SELECT c.household_id FROM office_claims(asked_office, (current_date - interval '24 months')::date,
                                                         (current_date - interval '12 months')::date) AS c);
    ELSE
        RETURN QUERY
            WITH aided AS MATERIALIZED (
                SELECT DISTINCT c.household_id
                FROM office_claims(asked_office, make_date(asked_year, 1, 1), make_date(asked_year, 12, 31)) AS c
                WHERE figure IN ('dibantu', 'belum_dibantu')
            )
            SELECT h.* FROM office_households(asked_office) AS h
            WHERE h.status IN ('tegar', 'miskin')
                AND CASE figure
                    WHEN 'tegar' THEN h.status = 'tegar'
                    WHEN 'titik' THEN point_unsure(h)
                    WHEN 'dibantu' THEN h.id IN (SELECT a.household_id FROM aided AS a)
                    WHEN 'belum_dibantu' THEN h.id NOT IN (SELECT a.household_id FROM aided AS a)
                    WHEN 'miskin' THEN true
                    ELSE false END;
    END IF;
END
$$;

-- The decisions on applications of an office in a year, each with its days since it was sent in.
CREATE OR REPLACE FUNCTION office_decisions(asked_office text, asked_year integer)
RETURNS TABLE (number text, decided_on date, days integer, in_time boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT a.number, d.day, d.day - s.day, d.day - s.day <= (SELECT (value #>> '{}')::integer FROM setting
                                                            WHERE key = 'applications.decide_days')
    FROM office AS o
    JOIN aid_application AS a ON a.agency_id = o.agency_id AND a.office_code = o.code
    CROSS JOIN LATERAL (SELECT min(t.at)::date AS day FROM aid_step AS t WHERE t.application_id = a.id AND t.action = 'hantar') AS s
    CROSS JOIN LATERAL (SELECT min(t.at)::date AS day FROM aid_step AS t
                        WHERE t.application_id = a.id AND t.action IN ('lulus', 'tolak')) AS d
    WHERE o.code = asked_office AND acts_for_office(asked_office) AND extract(year FROM d.day) = asked_year
$$;

-- The referrals of an office that fell due in a year up to today: those it received (kepada) and those it sent (daripada). Of those
-- that ended long ago no more is told than number and days.
CREATE OR REPLACE FUNCTION office_referrals(asked_office text, asked_year integer, direction text)
RETURNS TABLE (number text, state text, due_on date, answered_on date, in_time boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT r.number, r.state, r.due_on, r.answered_on, coalesce(r.answered_on <= r.due_on, false)
    FROM referral AS r
    WHERE CASE direction WHEN 'kepada' THEN r.to_party WHEN 'daripada' THEN r.from_party END = 'pejabat:' || asked_office
        AND r.due_on BETWEEN make_date(asked_year, 1, 1) AND least(make_date(asked_year, 12, 31), current_date)
        AND acts_for_office(asked_office)
$$;

-- The shares by which an office is judged. What it has no right to count is not there.
CREATE OR REPLACE FUNCTION office_figures(asked_office text, asked_year integer)
RETURNS TABLE (figure text, part bigint, whole bigint, unsure bigint, as_of date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    WITH seen AS (SELECT works_in_office(asked_office) AS persons, acts_for_office(asked_office) AS own), poor AS MATERIALIZED (
        SELECT h.id, h.status, point_unsure(h) AS unsure FROM office_figure_households(asked_office, asked_year, 'miskin') AS h
    ), counted AS (
        SELECT count(*) FILTER (WHERE p.status = 'tegar') AS tegar, count(*) AS poor,
            count(*) FILTER (WHERE p.unsure) AS unsure, count(*) FILTER (WHERE p.unsure AND p.status = 'tegar') AS tegar_unsure
        FROM poor AS p
    )
    SELECT f.figure, f.part, f.whole, CASE f.figure WHEN 'tegar' THEN counted.tegar_unsure WHEN 'miskin' THEN counted.unsure END,
        current_date
    FROM seen CROSS JOIN counted CROSS JOIN LATERAL (VALUES
        ('tegar', counted.tegar, counted.poor, true),
        ('miskin', counted.poor, counted.poor, true),
        ('titik', counted.unsure, counted.poor, true),
        ('dibantu', (SELECT count(*) FROM poor AS p WHERE p.id IN (
            SELECT c.household_id FROM office_claims(asked_office, make_date(asked_year, 1, 1), make_date(asked_year, 12, 31)) AS c
            WHERE seen.persons)), counted.poor, true),
        ('keluar', (SELECT count(*) FROM office_figure_households(asked_office, asked_year, 'keluar')),
         (SELECT count(*) FROM office_figure_households(asked_office, asked_year, 'dahulu')), true),
        ('keputusan', (SELECT count(*) FILTER (WHERE d.in_time) FROM office_decisions(asked_office, asked_year) AS d),
         (SELECT count(*) FROM office_decisions(asked_office, asked_year)), false),
        ('rujukan_kepada', (SELECT count(*) FILTER (WHERE r.in_time) FROM office_referrals(asked_office, asked_year, 'kepada') AS r),
         (SELECT count(*) FROM office_referrals(asked_office, asked_year, 'kepada')), false),
        ('rujukan_daripada', (SELECT count(*) FILTER (WHERE r.in_time) FROM office_referrals(asked_office, asked_year, 'daripada') AS r),
         (SELECT count(*) FROM office_referrals(asked_office, asked_year, 'daripada')), false),
        ('pemutihan', (SELECT (r.kekal + r.gugur + r.siasat)::bigint FROM cleansing_round AS r WHERE r.office_code = asked_office
                       ORDER BY r.id DESC LIMIT 1),
         (SELECT r.households::bigint FROM cleansing_round AS r WHERE r.office_code = asked_office ORDER BY r.id DESC LIMIT 1), true)
    ) AS f (figure, part, whole, of_persons)
    WHERE seen.own AND (seen.persons OR NOT f.of_persons) AND f.whole IS NOT NULL
$$;

-- The need of each mukim of an office's places against what was done in a year.
CREATE OR REPLACE FUNCTION office_mukims(asked_office text, asked_year integer)
RETURNS TABLE (district_code text, mukim_code text, poor bigint, tegar bigint, aided bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    WITH aided AS MATERIALIZED (
        SELECT h.id FROM office_figure_households(asked_office, asked_year, 'dibantu') AS h
    )
    SELECT h.district_code, h.mukim_code, count(*), count(*) FILTER (WHERE h.status = 'tegar'),
        count(*) FILTER (WHERE h.id IN (SELECT a.id FROM aided AS a))
    FROM office_figure_households(asked_office, asked_year, 'miskin') AS h
    GROUP BY h.district_code, h.mukim_code
$$;

-- A page of the households behind a figure; the name of who moved out of reach is not told.
CREATE OR REPLACE FUNCTION office_figure_list(asked_office text, asked_year integer, figure text, asked_mukim text, after_id bigint,
                                              most integer)
RETURNS TABLE (household_id bigint, file_no text, head_name text, mukim_name text, status text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT h.id, h.file_no, h.head_name, coalesce(m.name, d.name), h.status
    FROM office_figure_households(asked_office, asked_year, figure) AS h
    JOIN area AS d ON d.code = h.district_code
    LEFT JOIN area AS m ON m.code = h.mukim_code
    WHERE in_reach(h.district_code, h.catchment_codes) AND h.id > after_id AND (asked_mukim = '' OR h.mukim_code = asked_mukim)
    ORDER BY h.id LIMIT most
$$;

REVOKE ALL ON FUNCTION acts_for_office(text), office_households(text), point_unsure(household), office_votes(text, integer),
    office_figure_households(text, integer, text), office_decisions(text, integer), office_referrals(text, integer, text),
    office_figures(text, integer), office_mukims(text, integer),
    office_figure_list(text, integer, text, text, bigint, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION acts_for_office(text), office_votes(text, integer), office_decisions(text, integer),
    office_referrals(text, integer, text), office_figures(text, integer), office_mukims(text, integer),
    office_figure_list(text, integer, text, text, bigint, integer) TO app_web;
