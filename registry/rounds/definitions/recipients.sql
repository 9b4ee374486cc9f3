-- Whom an office aided and who applied to it, and what is odd about them by rule. All of it is for rounds and the office's
-- figures: who may ask is judged there.

-- Whether who is acting works in an office and sees persons: who belongs to its agency and to no other office.
CREATE OR REPLACE FUNCTION works_in_office(asked_office text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT sees_persons() AND EXISTS (SELECT FROM office AS o WHERE o.code = asked_office AND o.agency_id = acting_agency()
                                      AND coalesce(o.code = acting_office(), true))
$$;

-- The claims that stand and that an office met, of which the first day lies in a span: those of applications and projects of its own, and
-- others of its agency for who lived in its places on that day.
CREATE OR REPLACE FUNCTION office_claims(asked_office text, first_day date, last_day date)
RETURNS TABLE (claim_id bigint, household_id bigint, need_code text, person_key text, period daterange)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    WITH own AS MATERIALIZED (
        SELECT o.code, o.agency_id, o.territory, territory_districts(o.territory) AS districts FROM office AS o
        WHERE o.code = asked_office
    ), near AS MATERIALIZED (
        SELECT c.household_id FROM own JOIN household_catchment AS c ON c.code = ANY (own.territory)
        UNION
        SELECT h.id FROM own JOIN household AS h ON h.district_code = ANY (own.districts)
    )
    SELECT c.id, c.household_id, c.need_code, c.person_key, c.period
    FROM own
    JOIN aid_application AS a ON a.agency_id = own.agency_id AND a.office_code = own.code
    JOIN aid_claim AS c ON c.application_no = a.number
    WHERE c.ended_at IS NULL AND lower(c.period) BETWEEN first_day AND last_day
    UNION
    SELECT c.id, c.household_id, c.need_code, c.person_key, c.period
    FROM own
    JOIN project AS p ON p.agency_id = own.agency_id AND p.office_code = own.code
    JOIN aid_claim AS c ON c.application_no = p.number
    WHERE c.ended_at IS NULL AND lower(c.period) BETWEEN first_day AND last_day
    UNION
    SELECT c.id, c.household_id, c.need_code, c.person_key, c.period
    FROM own CROSS JOIN near
    JOIN aid_claim AS c ON c.household_id = near.household_id AND c.agency_id = own.agency_id
    WHERE c.ended_at IS NULL AND lower(c.period) BETWEEN first_day AND last_day
        AND NOT EXISTS (SELECT FROM aid_application AS a WHERE a.number = c.application_no AND a.office_code <> own.code)
        AND NOT EXISTS (SELECT FROM project AS p WHERE p.number = c.application_no AND p.office_code <> own.code)
        AND (EXISTS (SELECT FROM household_catchment AS i WHERE i.household_id = c.household_id AND i.code = ANY (own.territory)
                     AND daterange(i.from_day, i.until_day) @> lower(c.period))
             OR EXISTS (SELECT FROM household AS h WHERE h.id = c.household_id AND h.district_code = ANY (own.districts)))
$$;

-- The list that a round freezes: who has such a claim in the years named, and who has an open application with the office.
CREATE OR REPLACE FUNCTION office_recipients(asked_office text, asked_years integer[])
RETURNS TABLE (household_id bigint, claimed boolean, needs text[])
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT f.household_id, bool_or(f.claimed), array_agg(DISTINCT f.need_code ORDER BY f.need_code)
    FROM (
        SELECT c.household_id, true AS claimed, c.need_code
        FROM office_claims(asked_office, make_date((SELECT min(y) FROM unnest(asked_years) AS y), 1, 1),
                           make_date((SELECT max(y) FROM unnest(asked_years) AS y), 12, 31)) AS c
        WHERE extract(year FROM lower(c.period))::integer = ANY (asked_years)
        UNION ALL
        SELECT a.household_id, false, k.need_code
        FROM office AS o
        JOIN aid_application AS a ON a.agency_id = o.agency_id AND a.office_code = o.code AND is_open_application(a.state)
        JOIN aid_kind AS k ON k.id = a.kind_id
        WHERE o.code = asked_office
    ) AS f
    GROUP BY f.household_id
$$;

-- What is odd about households of an office today, by rule. The needs are those that the office met or was asked to meet.
CREATE OR REPLACE FUNCTION recipient_findings(asked_office text, asked_households bigint[], asked_needs text[])
RETURNS TABLE (household_id bigint, findings text[])
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT w.id, array_remove(ARRAY[
        CASE WHEN h.id IS NULL THEN 'tiada_rekod' END,
        CASE WHEN h.exited_on IS NOT NULL AND h.exit_reason = 'died' THEN 'meninggal' END,
        CASE WHEN h.exited_on IS NOT NULL AND h.exit_reason IS DISTINCT FROM 'died' THEN 'gugur_daftar' END,
        CASE WHEN NOT (h.catchment_codes && o.territory OR h.district_code = ANY (o.districts) OR o.territory = '{}')
            THEN 'pindah_keluar' END,
        CASE WHEN h.status = 'terkeluar' THEN 'terkeluar' END,
        CASE WHEN EXISTS (
            SELECT FROM aid_claim AS c
            WHERE c.household_id = w.id AND c.agency_id <> o.agency_id AND c.ended_at IS NULL AND c.need_code = ANY (n.needs)
                AND (c.period @> current_date OR EXISTS (
                    SELECT FROM aid_claim AS own
                    WHERE own.household_id = w.id AND own.agency_id = o.agency_id AND own.ended_at IS NULL
                        AND own.need_code = c.need_code AND own.person_key = c.person_key AND own.period && c.period)))
            THEN 'pertindihan' END,
        CASE WHEN EXISTS (
            SELECT FROM aid_claim AS c JOIN aid_need AS d ON d.code = c.need_code AND d.once
            WHERE c.household_id = w.id AND c.ended_at IS NULL AND c.need_code = ANY (n.needs)
                AND (EXISTS (SELECT FROM aid_claim AS own
                             WHERE own.household_id = w.id AND own.agency_id = o.agency_id AND own.ended_at IS NULL
                                 AND own.need_code = c.need_code AND own.id <> c.id AND lower(c.period) < lower(own.period))
                     OR EXISTS (SELECT FROM aid_application AS a JOIN aid_kind AS k ON k.id = a.kind_id
                                WHERE a.household_id = w.id AND a.office_code = o.code AND is_open_application(a.state)
                                    AND k.need_code = c.need_code AND c.application_no IS DISTINCT FROM a.number)))
            THEN 'pernah_rumah' END,
        CASE WHEN coalesce(h.last_visit_on, h.census_date, h.registered_on) < current_date - interval '24 months'
            THEN 'tiada_lawatan' END], NULL)
    FROM unnest(asked_households) WITH ORDINALITY AS w (id, no)
    JOIN LATERAL (SELECT string_to_array(asked_needs[w.no], ',') AS needs) AS n ON true
    CROSS JOIN (SELECT f.code, f.agency_id, f.territory, territory_districts(f.territory) AS districts FROM office AS f
                WHERE f.code = asked_office) AS o
    LEFT JOIN household AS h ON h.id = w.id
$$;
REVOKE ALL ON FUNCTION works_in_office(text), office_claims(text, date, date), office_recipients(text, integer[]),
    recipient_findings(text, bigint[], text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION works_in_office(text) TO app_web;
