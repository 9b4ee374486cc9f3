-- What a change to one record needs: the areas of a point, what follows from persons and incomes.

-- The areas of the active boundary sets that a point lies in; on a shared edge the lower code, so that it is always the
-- same one. Empty where no boundaries are loaded or the point lies in none.
CREATE OR REPLACE FUNCTION areas_at(point geometry)
RETURNS TABLE (district_code text, mukim_code text, parliament_code text, dun_code text, catchment_codes text[])
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT
        min(piece.area_code) FILTER (WHERE bounds.level = 'district'),
        min(piece.area_code) FILTER (WHERE bounds.level = 'mukim'),
        min(piece.area_code) FILTER (WHERE bounds.level = 'parliament'),
        min(piece.area_code) FILTER (WHERE bounds.level = 'dun'),
        coalesce(array_agg(DISTINCT piece.area_code ORDER BY piece.area_code)
                 FILTER (WHERE bounds.level = 'catchment'), '{}')
    FROM boundary_set AS bounds
    JOIN area_piece AS piece ON piece.set_id = bounds.id
    WHERE bounds.active AND ST_Intersects(piece.geom, point)
$$;

-- How far, in metres, a point lies outside a district; 0 inside, NULL where the district has no active boundary.
CREATE OR REPLACE FUNCTION metres_outside(point geometry, asked_district text) RETURNS integer
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT round(ST_Distance(bound.geom::geography, point::geography))::integer
    FROM boundary_set AS bounds
    JOIN area_boundary AS bound ON bound.set_id = bounds.id AND bound.area_code = asked_district
    WHERE bounds.active AND bounds.level = 'district'
$$;

-- Puts right what is worked out of a household's persons and incomes: size, ages on the day of its facts, the head's
-- name, sex and ethnicity, income. The status is reclassify()'s.
CREATE OR REPLACE FUNCTION refresh_household(asked_household bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    UPDATE household AS h
    SET head_name = head.name, head_sex = head.sex, ethnicity = ethnicity_code(head.ethnicity),
        member_count = members.persons, age_0_14 = members.age_0_14, age_15_64 = members.age_15_64,
        age_65_over = members.age_65_over, age_unknown = members.age_unknown,
        income_rm = members.income_rm, per_capita_rm = round(members.income_rm / members.persons, 2)
    FROM person AS head,
        (SELECT count(*) AS persons,
            count(*) FILTER (WHERE aged.years < 15) AS age_0_14,
            count(*) FILTER (WHERE aged.years BETWEEN 15 AND 64) AS age_15_64,
            count(*) FILTER (WHERE aged.years > 64) AS age_65_over,
            count(*) FILTER (WHERE aged.years IS NULL) AS age_unknown,
            sum(aged.income_rm) AS income_rm
         FROM (SELECT
                extract(year FROM age(coalesce(facts.census_date, facts.registered_on), p.birth_date)) AS years,
                coalesce((SELECT sum(i.amount_rm) FROM income AS i WHERE i.person_id = p.id), 0) AS income_rm
               FROM person AS p
               JOIN household AS facts ON facts.id = p.household_id
               WHERE p.household_id = asked_household) AS aged) AS members
    WHERE h.id = asked_household AND head.household_id = h.id AND head.is_head;
END
$$;
