-- The proof that every number adds up: everything worked out again from persons and incomes, and compared.

-- What each household's own columns should be, from its persons and incomes and from the line and rule it was decided by.
CREATE OR REPLACE VIEW household_recounted WITH (security_invoker = true) AS
SELECT
    h.id,
    h.state_code, h.district_code, h.mukim_code, h.parliament_code, h.dun_code, h.catchment_codes, h.strata, h.ethnicity,
    h.head_sex, h.geom_method,
    status_of(members.income_rm, members.persons::integer, l.pgk_household_rm, l.food_household_rm, l.pgk_per_capita_rm,
              l.food_per_capita_rm, r.rule,
              CASE h.strata WHEN 'urban' THEN r.vulnerable_urban_rm ELSE r.vulnerable_rural_rm END) AS status,
    members.persons AS member_count,
    members.age_0_14, members.age_15_64, members.age_65_over, members.age_unknown,
    members.income_rm, g.gap_rm, g.food_gap_rm, g.gap_share,
    h.exited_on
FROM household AS h
JOIN poverty_line AS l ON l.id = h.line_id
JOIN classification_rule AS r ON r.id = h.rule_id
JOIN (
    SELECT p.household_id,
        count(*) AS persons,
        count(*) FILTER (WHERE aged.years < 15) AS age_0_14,
        count(*) FILTER (WHERE aged.years BETWEEN 15 AND 64) AS age_15_64,
        count(*) FILTER (WHERE aged.years > 64) AS age_65_over,
        count(*) FILTER (WHERE aged.years IS NULL) AS age_unknown,
        sum(coalesce(i.income_rm, 0)) AS income_rm
    FROM person AS p
    JOIN household AS facts ON facts.id = p.household_id
    LEFT JOIN (SELECT person_id, sum(amount_rm) AS income_rm FROM income GROUP BY person_id) AS i ON i.person_id = p.id
    CROSS JOIN LATERAL (SELECT extract(year FROM age(coalesce(facts.census_date, facts.registered_on), p.birth_date))
                        AS years) AS aged
    GROUP BY p.household_id
) AS members ON members.household_id = h.id
CROSS JOIN LATERAL gaps_of(members.income_rm, members.persons::integer, l.pgk_household_rm, l.food_household_rm,
                           l.pgk_per_capita_rm, l.food_per_capita_rm, r.rule) AS g;

-- Every figure that differs from a recount, one row for each area and measure: the summary's, the households' own, the
-- decisions' own, those of every closed month, the worklists and the measures. Empty when all is well.
CREATE OR REPLACE FUNCTION recount_differences()
RETURNS TABLE (area_code text, measure text, summary numeric, recounted numeric)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    WITH worked_out AS MATERIALIZED (
        SELECT * FROM household_recounted
    ), recounted AS (
        SELECT area.area_code, r.strata, r.ethnicity, r.status,
            count(*) AS households, sum(r.member_count) AS persons, sum(r.age_0_14) AS age_0_14,
            sum(r.age_15_64) AS age_15_64, sum(r.age_65_over) AS age_65_over, sum(r.age_unknown) AS age_unknown,
            count(*) FILTER (WHERE r.head_sex = 'female') AS female_headed,
            count(*) FILTER (WHERE r.geom_method NOT IN ('given', 'swapped', 'manual')) AS without_point,
            sum(r.income_rm) AS income_rm, sum(r.gap_rm) AS gap_rm, sum(r.food_gap_rm) AS food_gap_rm,
            sum(r.gap_share) AS gap_share, sum(r.gap_share * r.gap_share) AS gap_share_squared
        FROM worked_out AS r
        CROSS JOIN LATERAL unnest(array_remove(
            ARRAY[r.state_code, r.district_code, coalesce(r.mukim_code, r.district_code || '00'), r.parliament_code,
                  r.dun_code] || r.catchment_codes, NULL)) AS area (area_code)
        WHERE r.exited_on IS NULL
        GROUP BY area.area_code, r.strata, r.ethnicity, r.status
    ), summed AS (
        SELECT h.area_code, h.strata, h.ethnicity, h.status,
            sum(h.households) AS households, sum(h.persons) AS persons, sum(h.age_0_14) AS age_0_14,
            sum(h.age_15_64) AS age_15_64, sum(h.age_65_over) AS age_65_over, sum(h.age_unknown) AS age_unknown,
            sum(h.female_headed) AS female_headed, sum(h.without_point) AS without_point,
            sum(h.income_rm) AS income_rm, sum(h.gap_rm) AS gap_rm, sum(h.food_gap_rm) AS food_gap_rm,
            sum(h.gap_share) AS gap_share, sum(h.gap_share_squared) AS gap_share_squared
        FROM headcount AS h
        GROUP BY h.area_code, h.strata, h.ethnicity, h.status
    ), at_close AS (
        SELECT m.* FROM month_counts(ARRAY(SELECT DISTINCT month FROM headcount_month)) AS m
    )
    SELECT
        area_code, format('%s, %s, %s: %s', strata, ethnicity, status, values.measure), coalesce(values.summary, 0),
        coalesce(values.recounted, 0)
    FROM summed AS s
    FULL JOIN recounted AS r USING (area_code, strata, ethnicity, status)
    CROSS JOIN LATERAL (VALUES
        ('households', s.households, r.households), ('persons', s.persons, r.persons),
        ('age_0_14', s.age_0_14, r.age_0_14), ('age_15_64', s.age_15_64, r.age_15_64),
        ('age_65_over', s.age_65_over, r.age_65_over), ('age_unknown', s.age_unknown, r.age_unknown),
        ('female_headed', s.female_headed, r.female_headed), ('without_point', s.without_point, r.without_point),
        ('income_rm', s.income_rm, r.income_rm), ('gap_rm', s.gap_rm, r.gap_rm),
        ('food_gap_rm', s.food_gap_rm, r.food_gap_rm), ('gap_share', s.gap_share, r.gap_share),
        ('gap_share_squared', s.gap_share_squared, r.gap_share_squared)
    ) AS values (measure, summary, recounted)
    WHERE coalesce(values.summary, 0) <> coalesce(values.recounted, 0)
    UNION ALL
    SELECT h.district_code, 'households whose own figures differ', 0, count(*)
    FROM household AS h
    LEFT JOIN worked_out AS w USING (id)
    WHERE (h.status, h.member_count, h.age_0_14, h.age_15_64, h.age_65_over, h.age_unknown, h.income_rm, h.gap_rm,
            h.food_gap_rm, h.gap_share)
        IS DISTINCT FROM (w.status, w.member_count, w.age_0_14, w.age_15_64, w.age_65_over, w.age_unknown, w.income_rm,
            w.gap_rm, w.food_gap_rm, w.gap_share)
    GROUP BY h.district_code
    UNION ALL
    SELECT d.district_code, 'decisions whose gap differs', 0, count(*)
    FROM status_decision AS d
    JOIN poverty_line AS l ON l.id = d.line_id
    JOIN classification_rule AS r ON r.id = d.rule_id
    CROSS JOIN LATERAL gaps_of(d.income_rm, d.member_count, l.pgk_household_rm, l.food_household_rm,
                               l.pgk_per_capita_rm, l.food_per_capita_rm, r.rule) AS g
    WHERE d.gap_rm <> g.gap_rm
    GROUP BY d.district_code
    UNION ALL
    SELECT area_code, format('%s %s, %s: %s', to_char(month, 'YYYY-MM'), strata, status, values.measure),
        coalesce(values.summary, 0), coalesce(values.recounted, 0)
    FROM headcount_month AS m
    FULL JOIN at_close AS d USING (area_code, month, strata, status)
    CROSS JOIN LATERAL (VALUES
        ('households', m.households, d.households), ('persons', m.persons, d.persons),
        ('income_rm', m.income_rm, d.income_rm), ('gap_rm', m.gap_rm, d.gap_rm),
        ('food_gap_rm', m.food_gap_rm, d.food_gap_rm), ('gap_share', m.gap_share, d.gap_share),
        ('gap_share_squared', m.gap_share_squared, d.gap_share_squared)
    ) AS values (measure, summary, recounted)
    WHERE coalesce(values.summary, 0) <> coalesce(values.recounted, 0)
    UNION ALL
    SELECT w.area_code, w.measure, w.summary, w.recounted FROM worklist_differences() AS w
    UNION ALL
    SELECT d.area_code, d.measure, d.summary, d.recounted FROM measure_differences() AS d
    ORDER BY 1, 2
$$;
