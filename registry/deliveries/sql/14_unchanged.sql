-- Registered households of which the delivery says nothing new: they are left alone. A place that was worked out of the
-- address is not compared: the gazetteer may know more today, but the delivery says nothing more.
WITH asked AS MATERIALIZED (
    SELECT id, row_no FROM accepted WHERE known
), registered_persons AS (
    SELECT p.household_id AS id,
        array_agg((p.name, p.id_no, p.sex, p.birth_date, p.relationship, p.ethnicity, p.religion, p.marital_status,
            p.citizen, p.education_level, p.in_school, p.skill, p.employment_status, p.disability, p.chronic_illness,
            i.employment_rm, i.self_employment_rm, i.property_rm, i.transfers_rm)::text ORDER BY p.member_no) AS persons
    FROM asked AS a
    JOIN person AS p ON p.household_id = a.id
    CROSS JOIN LATERAL (
        SELECT sum(i.amount_rm) FILTER (WHERE i.source = 'employment') AS employment_rm,
            sum(i.amount_rm) FILTER (WHERE i.source = 'self_employment') AS self_employment_rm,
            sum(i.amount_rm) FILTER (WHERE i.source = 'property') AS property_rm,
            sum(i.amount_rm) FILTER (WHERE i.source = 'transfers') AS transfers_rm
        FROM income AS i WHERE i.person_id = p.id
    ) AS i
    GROUP BY p.household_id
), said_persons AS (
    SELECT a.id,
        array_agg((p.name, p.id_no, p.sex, p.birth_date, p.relationship, p.ethnicity, p.religion, p.marital_status,
            p.citizen, p.education_level, p.in_school, p.skill, p.employment_status, p.disability, p.chronic_illness,
            nullif(p.employment_rm, 0), nullif(p.self_employment_rm, 0), nullif(p.property_rm, 0),
            nullif(p.transfers_rm, 0))::text ORDER BY p.member_no) AS persons
    FROM asked AS a
    JOIN read_person AS p ON p.household_row = a.row_no
    GROUP BY a.id
), registered_aid AS (
    SELECT g.household_id AS id,
        array_agg((g.agency, g.programme, g.given_on, g.amount_rm, g.frequency)::text
                  ORDER BY g.agency, g.programme, g.given_on, g.amount_rm, g.frequency) AS aid
    FROM asked AS a JOIN aid_received AS g ON g.household_id = a.id
    GROUP BY g.household_id
), said_aid AS (
    SELECT g.household_id AS id,
        array_agg((g.agency, g.programme, g.given_on, g.amount_rm, g.frequency)::text
                  ORDER BY g.agency, g.programme, g.given_on, g.amount_rm, g.frequency) AS aid
    FROM asked AS a JOIN placed_aid AS g ON g.household_id = a.id
    GROUP BY g.household_id
), compared AS MATERIALIZED (
    -- judged apart from the joins: a planner that guesses that hardly any household passes would go through all the
    -- others again for each one
    SELECT a.id,
        (h.census_date, h.informant, h.state_code, h.district_code, h.mukim_code, h.strata, h.address, h.village,
            h.postcode, h.town, h.phone, h.dwelling_type, h.tenure, h.dwelling_condition, h.room_count, h.toilet,
            h.water_supply, h.electricity, h.rubbish_collection, h.vehicle, h.land_acres)
        IS NOT DISTINCT FROM
        (a.census_date, a.informant, a.state_code, a.district_code, a.mukim_code, a.strata, a.address, a.village,
            a.postcode, a.town, a.phone, a.dwelling_type, a.tenure, a.dwelling_condition, a.room_count, a.toilet,
            a.water_supply, a.electricity, a.rubbish_collection, a.vehicle, a.land_acres)
        AND CASE WHEN a.method IN ('given', 'swapped') THEN ST_OrderingEquals(h.geom, a.geom)
                 ELSE h.geom_method NOT IN ('given', 'swapped') END
        AND registered_persons.persons = said_persons.persons
        AND (NOT CAST(:has_aid AS boolean) OR registered_aid.aid IS NOT DISTINCT FROM said_aid.aid) AS same
    FROM accepted AS a
    JOIN household AS h ON h.id = a.id
    JOIN registered_persons ON registered_persons.id = a.id
    JOIN said_persons ON said_persons.id = a.id
    LEFT JOIN registered_aid ON registered_aid.id = a.id
    LEFT JOIN said_aid ON said_aid.id = a.id
    WHERE a.known
)
UPDATE accepted AS a SET unchanged = true
FROM compared
WHERE a.id = compared.id AND compared.same
