-- The summary behind maps and KPIs: kept exact by statement-level triggers, so that it is right at every commit.
-- Differences are first summed by what rows have in common and then spread over the areas they lie in, so that a bulk
-- change costs one pass; keys are written in order, so that two writers cannot lock each other out. A household that has
-- exited stays on record and is not counted.

DO $build$
DECLARE
    source record;
BEGIN
    FOR source IN
        SELECT * FROM (VALUES
            ('inserted', 'SELECT 1 AS sign, n.* FROM new_rows AS n WHERE n.exited_on IS NULL'),
            ('deleted', 'SELECT -1 AS sign, o.* FROM old_rows AS o WHERE o.exited_on IS NULL'),
            ('updated', 'SELECT 1 AS sign, n.* FROM new_rows AS n WHERE n.exited_on IS NULL
                         UNION ALL SELECT -1 AS sign, o.* FROM old_rows AS o WHERE o.exited_on IS NULL')
        ) AS sources (name, rows)
    LOOP
        EXECUTE format($template$
            CREATE OR REPLACE FUNCTION headcount_%1$s() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
            AS $function$
            BEGIN
                WITH grouped AS (
                    SELECT
                        state_code, district_code, mukim_code, parliament_code, dun_code, catchment_codes, strata,
                        ethnicity, status,
                        sum(sign) AS households,
                        sum(sign * member_count) AS persons,
                        sum(sign * age_0_14) AS age_0_14,
                        sum(sign * age_15_64) AS age_15_64,
                        sum(sign * age_65_over) AS age_65_over,
                        sum(sign * age_unknown) AS age_unknown,
                        sum(CASE WHEN head_sex = 'female' THEN sign ELSE 0 END) AS female_headed,
                        sum(CASE WHEN geom_method IN ('given', 'swapped', 'manual') THEN 0 ELSE sign END) AS without_point,
                        sum(sign * income_rm) AS income_rm,
                        sum(sign * gap_rm) AS gap_rm,
                        sum(sign * food_gap_rm) AS food_gap_rm,
                        sum(sign * gap_share) AS gap_share,
                        sum(sign * gap_share * gap_share) AS gap_share_squared
                    FROM (%2$s) AS changed
                    GROUP BY state_code, district_code, mukim_code, parliament_code, dun_code, catchment_codes, strata,
                        ethnicity, status
                ), spread AS (
                    SELECT area.area_code, grouped.*
                    FROM grouped
                    CROSS JOIN LATERAL unnest(array_remove(
                        ARRAY[state_code, district_code, coalesce(mukim_code, district_code || '00'), parliament_code,
                              dun_code] || catchment_codes, NULL)) AS area (area_code)
                )
                INSERT INTO headcount AS h (area_code, strata, ethnicity, status, slot, households, persons, age_0_14,
                    age_15_64, age_65_over, age_unknown, female_headed, without_point, income_rm, gap_rm, food_gap_rm,
                    gap_share, gap_share_squared)
                SELECT area_code, strata, ethnicity, status, pg_backend_pid() %% 4,
                    sum(households), sum(persons), sum(age_0_14), sum(age_15_64), sum(age_65_over), sum(age_unknown),
                    sum(female_headed), sum(without_point), sum(income_rm), sum(gap_rm), sum(food_gap_rm),
                    sum(gap_share), sum(gap_share_squared)
                FROM spread
                GROUP BY area_code, strata, ethnicity, status
                HAVING sum(households) <> 0 OR sum(persons) <> 0 OR sum(age_0_14) <> 0 OR sum(age_15_64) <> 0
                    OR sum(age_65_over) <> 0 OR sum(age_unknown) <> 0 OR sum(female_headed) <> 0
                    OR sum(without_point) <> 0 OR sum(income_rm) <> 0 OR sum(gap_rm) <> 0 OR sum(food_gap_rm) <> 0
                    OR sum(gap_share) <> 0 OR sum(gap_share_squared) <> 0
                ORDER BY area_code, strata, ethnicity, status
                ON CONFLICT (area_code, strata, ethnicity, status, slot) DO UPDATE SET
                    households = h.households + excluded.households,
                    persons = h.persons + excluded.persons,
                    age_0_14 = h.age_0_14 + excluded.age_0_14,
                    age_15_64 = h.age_15_64 + excluded.age_15_64,
                    age_65_over = h.age_65_over + excluded.age_65_over,
                    age_unknown = h.age_unknown + excluded.age_unknown,
                    female_headed = h.female_headed + excluded.female_headed,
                    without_point = h.without_point + excluded.without_point,
                    income_rm = h.income_rm + excluded.income_rm,
                    gap_rm = h.gap_rm + excluded.gap_rm,
                    food_gap_rm = h.food_gap_rm + excluded.food_gap_rm,
                    gap_share = h.gap_share + excluded.gap_share,
                    gap_share_squared = h.gap_share_squared + excluded.gap_share_squared;
                RETURN NULL;
            END
            $function$
        $template$, source.name, source.rows);
    END LOOP;
END
$build$;

CREATE OR REPLACE TRIGGER headcount_inserted AFTER INSERT ON household
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION headcount_inserted();
CREATE OR REPLACE TRIGGER headcount_deleted AFTER DELETE ON household
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION headcount_deleted();
CREATE OR REPLACE TRIGGER headcount_updated AFTER UPDATE ON household
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION headcount_updated();

-- An import stores references that it has joined out of their own tables without checking each again, which switches off
-- ordinary triggers too; the summary is kept even then.
ALTER TABLE household ENABLE ALWAYS TRIGGER headcount_inserted;
ALTER TABLE household ENABLE ALWAYS TRIGGER headcount_deleted;
ALTER TABLE household ENABLE ALWAYS TRIGGER headcount_updated;
