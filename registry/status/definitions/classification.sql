-- How poverty is decided: the one place where it is, for one record and for a million (docs: spec of the poverty line).

-- The line of a household, in RM a month for all its members: the poverty line or the food line, whichever figures are
-- given. Under the wider rule it is the larger of the two that are tested, so that income is below it exactly where the
-- rule says poor; status and gaps rest on this one definition.
CREATE OR REPLACE FUNCTION line_of(member_count integer, household_rm numeric, per_capita_rm numeric, rule text)
RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE rule
        WHEN 'household_or_per_capita' THEN greatest(per_capita_rm * member_count, household_rm)
        ELSE per_capita_rm * member_count
    END
$$;

-- Whether a household is poor. Strict: at the line is not below it. Compared without division, so nothing is rounded.
CREATE OR REPLACE FUNCTION status_of(
    income_rm numeric, member_count integer,
    pgk_household_rm numeric, food_household_rm numeric, pgk_per_capita_rm numeric, food_per_capita_rm numeric,
    rule text, vulnerable_below_rm numeric
) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE
        WHEN income_rm < ekasih.line_of(member_count, food_household_rm, food_per_capita_rm, rule) THEN 'tegar'
        WHEN income_rm < ekasih.line_of(member_count, pgk_household_rm, pgk_per_capita_rm, rule) THEN 'miskin'
        WHEN income_rm < vulnerable_below_rm THEN 'mudah_miskin'
        ELSE 'terkeluar'
    END
$$;

-- How far a household is below its line and its food line, in RM a month, and the first as a share of the line to six
-- decimals; 0 for one that is not below.
CREATE OR REPLACE FUNCTION gaps_of(
    income_rm numeric, member_count integer,
    pgk_household_rm numeric, food_household_rm numeric, pgk_per_capita_rm numeric, food_per_capita_rm numeric,
    rule text
) RETURNS TABLE (gap_rm numeric, food_gap_rm numeric, gap_share numeric)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT greatest(0, own.line_rm - income_rm), greatest(0, own.food_line_rm - income_rm),
        greatest(0, round(1 - income_rm / nullif(own.line_rm, 0), 6))
    FROM (SELECT ekasih.line_of(member_count, pgk_household_rm, pgk_per_capita_rm, rule) AS line_rm,
              ekasih.line_of(member_count, food_household_rm, food_per_capita_rm, rule) AS food_line_rm) AS own
$$;

-- The lines that adopting a survey year puts into force: those of it that are not in force yet; where all of them are,
-- all of them, so that their day can be put right. A figure that was published late so leaves the others alone.
CREATE OR REPLACE FUNCTION lines_to_adopt(asked_year integer) RETURNS SETOF integer
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT y.id
    FROM (SELECT l.id, coalesce(l.effective_from, 'infinity') > current_date AS open,
              bool_or(coalesce(l.effective_from, 'infinity') > current_date) OVER () AS any_open
          FROM poverty_line AS l WHERE l.survey_year = asked_year) AS y
    WHERE y.open OR NOT y.any_open
$$;

-- The rules there are, with the one that a change supposes; it has no id yet. One that is there already, as the newest
-- of its day, is no other rule.
CREATE OR REPLACE FUNCTION rules_supposed(supposed jsonb)
RETURNS TABLE (id integer, effective_from date, rule text, vulnerable_urban_rm numeric, vulnerable_rural_rm numeric)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT r.id, r.effective_from, r.rule, r.vulnerable_urban_rm, r.vulnerable_rural_rm FROM classification_rule AS r
    UNION ALL
    SELECT NULL, asked.effective_from, asked.rule, asked.vulnerable_urban_rm, asked.vulnerable_rural_rm
    FROM jsonb_to_record(supposed) AS asked (effective_from date, rule text, vulnerable_urban_rm numeric,
                                             vulnerable_rural_rm numeric)
    WHERE asked.rule IS NOT NULL
        AND NOT EXISTS (
            SELECT FROM (SELECT r.* FROM classification_rule AS r WHERE r.effective_from = asked.effective_from
                         ORDER BY r.id DESC LIMIT 1) AS newest
            WHERE (newest.rule, newest.vulnerable_urban_rm, newest.vulnerable_rural_rm)
                IS NOT DISTINCT FROM (asked.rule, asked.vulnerable_urban_rm, asked.vulnerable_rural_rm))
$$;

-- The line and the rule that decide on a date, one row for each state and strata: the newest line in force for the
-- state and strata, else the state's own 'all', else Malaysia's for the strata, else Malaysia's 'all'. A change that is
-- only supposed ({"survey_year", "effective_from"} or {"rule", "effective_from", …}) counts as if it were made; its rule
-- has no id.
CREATE OR REPLACE FUNCTION lines_supposed(on_date date, supposed jsonb)
RETURNS TABLE (
    state_code text, strata text, line_id integer,
    pgk_household_rm numeric, food_household_rm numeric, pgk_per_capita_rm numeric, food_per_capita_rm numeric,
    rule_id integer, rule text, vulnerable_below_rm numeric
)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT DISTINCT ON (asked.state_code, asked.strata)
        asked.state_code, asked.strata, line.id,
        line.pgk_household_rm, line.food_household_rm, line.pgk_per_capita_rm, line.food_per_capita_rm,
        rules.id, rules.rule,
        CASE asked.strata WHEN 'urban' THEN rules.vulnerable_urban_rm ELSE rules.vulnerable_rural_rm END
    FROM (SELECT area.code AS state_code, strata.strata
          FROM area CROSS JOIN (VALUES ('urban'), ('rural')) AS strata (strata)
          WHERE area.level = 'state') AS asked
    JOIN (SELECT p.*,
              CASE WHEN p.id = ANY (ARRAY(SELECT lines_to_adopt(CAST(supposed ->> 'survey_year' AS integer))))
                  THEN CAST(supposed ->> 'effective_from' AS date) ELSE p.effective_from END AS in_force_from
          FROM poverty_line AS p) AS line
        ON line.in_force_from <= on_date
        AND line.state_code IN (asked.state_code, 'MY')
        AND line.strata IN (asked.strata, 'all')
    CROSS JOIN (SELECT r.* FROM rules_supposed(supposed) AS r WHERE r.effective_from <= on_date
                ORDER BY r.effective_from DESC, r.id DESC NULLS FIRST LIMIT 1) AS rules
    ORDER BY asked.state_code, asked.strata,
        (line.state_code = asked.state_code) DESC, (line.strata = asked.strata) DESC, line.in_force_from DESC,
        line.survey_year DESC
$$;

-- The same as it is, without a change.
CREATE OR REPLACE FUNCTION lines_in_force(on_date date)
RETURNS TABLE (
    state_code text, strata text, line_id integer,
    pgk_household_rm numeric, food_household_rm numeric, pgk_per_capita_rm numeric, food_per_capita_rm numeric,
    rule_id integer, rule text, vulnerable_below_rm numeric
)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$ SELECT l.* FROM lines_supposed(on_date, NULL) AS l $$;

-- How each household stands and how it would stand on a date, by the lines and the rule of then: the one place where
-- households are held against them, whether they are decided or a change is only supposed. The cause is the line, or
-- else the rule; null where both are still those of its decision. Without settings of its own, so that what asks for
-- one household by its id finds it by its key.
CREATE OR REPLACE FUNCTION assessments(on_date date, supposed jsonb)
RETURNS TABLE (
    id bigint, state_code text, exited_on date, previous_status text, previous_gap_rm numeric, status text,
    line_id integer, rule_id integer, gap_rm numeric, food_gap_rm numeric, gap_share numeric, cause text
)
LANGUAGE sql STABLE
AS $$
    SELECT
        h.id, h.state_code, h.exited_on, h.status, h.gap_rm,
        ekasih.status_of(h.income_rm, h.member_count, l.pgk_household_rm, l.food_household_rm, l.pgk_per_capita_rm,
                         l.food_per_capita_rm, l.rule, l.vulnerable_below_rm),
        l.line_id, l.rule_id, g.gap_rm, g.food_gap_rm, g.gap_share,
        CASE WHEN l.line_id <> h.line_id THEN 'line_changed'
            WHEN l.rule_id IS DISTINCT FROM h.rule_id THEN 'rule_changed' END
    FROM ekasih.household AS h
    JOIN ekasih.lines_supposed(on_date, supposed) AS l ON l.state_code = h.state_code AND l.strata = h.strata
    CROSS JOIN LATERAL ekasih.gaps_of(h.income_rm, h.member_count, l.pgk_household_rm, l.food_household_rm,
                                      l.pgk_per_capita_rm, l.food_per_capita_rm, l.rule) AS g
$$;

-- Re-decides households (all that have not exited when household_ids is null) on a date, keeps the old decisions, and
-- tells what moved and why. The cause is that of a change to the record; without one it is the line, or else the rule.
-- The first decision of a household ('registered') has no status before it.
CREATE OR REPLACE FUNCTION reclassify(household_ids bigint[], on_date date, change text DEFAULT NULL)
RETURNS TABLE (
    cause text, state_code text, previous_status text, status text, households bigint, moved bigint,
    gap_before_rm numeric, gap_after_rm numeric
)
LANGUAGE plpgsql VOLATILE SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    -- put together at run time, so that one household is found by its key and a million are read in one pass
    RETURN QUERY EXECUTE format($query$
    WITH changed AS (
        SELECT a.id, a.previous_status, a.previous_gap_rm, a.status, a.line_id, a.rule_id, a.gap_rm, a.food_gap_rm,
            a.gap_share, coalesce($3, a.cause) AS cause
        FROM assessments($2, NULL) AS a
        WHERE %s AND coalesce($3, a.cause) IS NOT NULL
    ), updated AS (
        UPDATE household AS h
        SET status = c.status, line_id = c.line_id, rule_id = c.rule_id, gap_rm = c.gap_rm,
            food_gap_rm = c.food_gap_rm, gap_share = c.gap_share
        FROM changed AS c
        WHERE h.id = c.id
        RETURNING h.id, h.income_rm, h.member_count, h.per_capita_rm, h.state_code, h.district_code, h.mukim_code,
            h.strata, h.gap_rm, h.line_id, h.rule_id, h.status, c.previous_status, c.previous_gap_rm, c.cause
    ), decided AS (
        INSERT INTO status_decision (household_id, effective_on, decided_by, cause, status, previous_status, income_rm,
            member_count, per_capita_rm, gap_rm, line_id, rule_id, state_code, district_code, mukim_code, strata)
        SELECT u.id, $2, acting_login(), u.cause, u.status,
            CASE WHEN u.cause <> 'registered' THEN u.previous_status END, u.income_rm, u.member_count,
            u.per_capita_rm, u.gap_rm, u.line_id, u.rule_id, u.state_code, u.district_code, u.mukim_code, u.strata
        FROM updated AS u
    )
    SELECT u.cause, u.state_code, u.previous_status, u.status, count(*),
        count(*) FILTER (WHERE u.status <> u.previous_status), sum(u.previous_gap_rm), sum(u.gap_rm)
    FROM updated AS u
    GROUP BY u.cause, u.state_code, u.previous_status, u.status
    $query$, CASE WHEN household_ids IS NULL THEN 'a.exited_on IS NULL' ELSE 'a.id = ANY ($1)' END)
    USING household_ids, on_date, change;
END
$$;

-- Who would stand where if a change were made, and what it would cost, on the day from which it counts or today: every
-- household that has not exited, those that nothing changes for without a cause. Reads, and keeps nobody waiting.
CREATE OR REPLACE FUNCTION standing_supposed(supposed jsonb)
RETURNS TABLE (
    cause text, state_code text, previous_status text, status text, households bigint, moved bigint,
    gap_before_rm numeric, gap_after_rm numeric
)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp SET jit = off
AS $$
    SELECT a.cause, a.state_code, a.previous_status, a.status, count(*),
        count(*) FILTER (WHERE a.status <> a.previous_status), sum(a.previous_gap_rm), sum(a.gap_rm)
    FROM assessments(greatest(current_date, CAST(supposed ->> 'effective_from' AS date)), supposed) AS a
    WHERE a.exited_on IS NULL
    GROUP BY a.cause, a.state_code, a.previous_status, a.status
$$;
REVOKE ALL ON FUNCTION standing_supposed(jsonb) FROM PUBLIC;
