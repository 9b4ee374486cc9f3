-- The record as it was and as it was known. A version says what held from valid_from on, as known from known_from on; of
-- several the one with the later valid_from stands, then the one known later. The state of a household that was never
-- changed is in the tables alone; the first change writes it down before it writes down itself.

-- Whole records as the tables have them now: the household's columns, its persons with their incomes, its aid. Left out is
-- what others keep (the status: status_decision) and what is worked out of boundaries.
CREATE OR REPLACE FUNCTION record_snapshots(households bigint[])
RETURNS TABLE (household_id bigint, snapshot jsonb)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT h.id,
        to_jsonb(h) - '{geom,status,line_id,rule_id,gap_rm,food_gap_rm,gap_share,computed_district_code,computed_mukim_code,outside_district_m,parliament_code,dun_code,catchment_codes,phone_key}'::text[]
        || jsonb_build_object('longitude', ST_X(h.geom), 'latitude', ST_Y(h.geom),
            'persons', (
                SELECT coalesce(jsonb_agg(
                    to_jsonb(p) - '{household_id,district_code,name_key}'::text[]
                    || jsonb_build_object('income', (SELECT coalesce(jsonb_object_agg(i.source, i.amount_rm), '{}')
                                                     FROM income AS i WHERE i.person_id = p.id))
                    ORDER BY p.member_no), '[]')
                FROM person AS p WHERE p.household_id = h.id),
            'aid', (SELECT coalesce(jsonb_agg(to_jsonb(a) - 'household_id' ORDER BY a.id), '[]')
                    FROM aid_received AS a WHERE a.household_id = h.id))
    FROM household AS h
    WHERE h.id = ANY (households)
$$;

-- Writes down how households are that have no version yet: to be called before they are changed.
CREATE OR REPLACE FUNCTION keep_baseline(households bigint[]) RETURNS void
LANGUAGE sql VOLATILE SET search_path = ekasih, public, pg_temp
AS $$
    INSERT INTO household_version (household_id, version, valid_from, known_from, cause, actor, snapshot)
    SELECT h.id, h.version, CASE h.version WHEN 1 THEN h.registered_on ELSE h.updated_at::date END, h.updated_at,
        'registered', h.updated_by, s.snapshot
    FROM record_snapshots(ARRAY(
        SELECT asked.id FROM unnest(households) AS asked (id)
        WHERE NOT EXISTS (SELECT FROM household_version AS v WHERE v.household_id = asked.id))) AS s
    JOIN household AS h ON h.id = s.household_id
$$;

-- Writes down how households are now, after a change that holds from a day on (never before what is on record).
CREATE OR REPLACE FUNCTION keep_versions(households bigint[], on_date date, change text, changed_by text)
RETURNS timestamptz
LANGUAGE sql VOLATILE SET search_path = ekasih, public, pg_temp
AS $$
    WITH moment AS MATERIALIZED (
        SELECT clock_timestamp() AS now
    ), kept AS (
        INSERT INTO household_version (household_id, version, valid_from, known_from, cause, actor, snapshot)
        SELECT h.id, h.version, greatest(on_date, (SELECT max(v.valid_from) FROM household_version AS v
                                                   WHERE v.household_id = h.id)),
            moment.now, change, changed_by, s.snapshot
        FROM record_snapshots(households) AS s
        JOIN household AS h ON h.id = s.household_id
        CROSS JOIN moment
    )
    SELECT now FROM moment
$$;

-- What is known now about a household's past: one row for each day from which another state holds, the latest first.
CREATE OR REPLACE FUNCTION known_states(asked_household bigint)
RETURNS TABLE (valid_from date, version integer, snapshot jsonb)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT DISTINCT ON (v.valid_from) v.valid_from, v.version, v.snapshot
    FROM household_version AS v
    WHERE v.household_id = asked_household
    ORDER BY v.valid_from DESC, v.known_from DESC, v.id DESC
$$;

-- A past state with the corrected incomes of some persons put in, and the sums that follow from them.
CREATE OR REPLACE FUNCTION with_incomes(was jsonb, corrected jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT was || jsonb_build_object('persons', put.persons, 'income_rm', put.income_rm,
        'per_capita_rm', round(put.income_rm / put.members, 2))
    FROM (SELECT jsonb_agg(person || jsonb_build_object('income', incomes.income) ORDER BY place) AS persons,
              coalesce(sum((SELECT sum(amount::numeric) FROM jsonb_each_text(incomes.income) AS of (source, amount))), 0)
                  AS income_rm,
              count(*) AS members
          FROM jsonb_array_elements(was -> 'persons') WITH ORDINALITY AS p (person, place)
          CROSS JOIN LATERAL (SELECT coalesce(corrected -> (person ->> 'id'), person -> 'income') AS income) AS incomes
    ) AS put
$$;

-- Writes down a correction of incomes: the old figures were wrong for as long as they stood, so every state that holds
-- them is written anew, back to the day on which they came in. What was known before stays as it was known.
CREATE OR REPLACE FUNCTION keep_correction(asked_household bigint, on_date date, change text, changed_by text)
RETURNS timestamptz
LANGUAGE plpgsql VOLATILE SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    known timestamptz := clock_timestamp();
    is_now jsonb;
    was jsonb;
    corrected jsonb;
    wrong jsonb;
    state record;
BEGIN
    SELECT s.snapshot INTO is_now FROM record_snapshots(ARRAY[asked_household]) AS s;
    SELECT s.snapshot INTO was FROM known_states(asked_household) AS s LIMIT 1;
    SELECT jsonb_object_agg(n.person ->> 'id', n.person -> 'income'), jsonb_object_agg(o.person ->> 'id', o.person -> 'income')
    INTO corrected, wrong
    FROM jsonb_array_elements(is_now -> 'persons') AS n (person)
    JOIN jsonb_array_elements(was -> 'persons') AS o (person) ON o.person -> 'id' = n.person -> 'id'
    WHERE o.person -> 'income' <> n.person -> 'income';
    IF corrected IS NULL THEN
        RETURN keep_versions(ARRAY[asked_household], on_date, change, changed_by);
    END IF;
    FOR state IN SELECT * FROM known_states(asked_household)
    LOOP
        EXIT WHEN NOT wrong <@ (
            SELECT coalesce(jsonb_object_agg(p.person ->> 'id', p.person -> 'income'), '{}')
            FROM jsonb_array_elements(state.snapshot -> 'persons') AS p (person))
            OR EXISTS (
                SELECT FROM jsonb_array_elements(state.snapshot -> 'persons') AS p (person)
                WHERE wrong ? (p.person ->> 'id') AND wrong -> (p.person ->> 'id') <> p.person -> 'income');
        INSERT INTO household_version (household_id, version, valid_from, known_from, cause, actor, snapshot)
        SELECT h.id, h.version, state.valid_from, known, change, changed_by,
            with_incomes(state.snapshot, corrected)
                || jsonb_build_object('version', h.version, 'updated_at', is_now -> 'updated_at',
                                      'updated_by', is_now -> 'updated_by')
        FROM household AS h WHERE h.id = asked_household;
    END LOOP;
    RETURN known;
END
$$;

-- The record as it was on a day, as it was known at a moment: null where nothing was known yet. decision is the one on
-- the status that was in force then, as far as it was taken by then.
CREATE OR REPLACE FUNCTION household_as_of(asked_household bigint, valid_on date, known_at timestamptz) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT found.snapshot || jsonb_build_object('valid_from', found.valid_from, 'known_from', found.known_from,
        'cause', found.cause, 'actor', found.actor, 'decision', (
            SELECT to_jsonb(d) || jsonb_build_object('survey_year', line.survey_year,
                'pgk_per_capita_rm', line.pgk_per_capita_rm, 'food_per_capita_rm', line.food_per_capita_rm)
            FROM status_decision AS d
            JOIN poverty_line AS line ON line.id = d.line_id
            WHERE d.household_id = asked_household AND d.effective_on <= valid_on AND d.decided_at <= known_at
            ORDER BY d.effective_on DESC, d.id DESC
            LIMIT 1))
    FROM (
        (SELECT v.snapshot, v.valid_from, v.known_from, v.cause, v.actor
         FROM household_version AS v
         WHERE v.household_id = asked_household AND v.valid_from <= valid_on AND v.known_from <= known_at
         ORDER BY v.valid_from DESC, v.known_from DESC, v.id DESC
         LIMIT 1)
        UNION ALL
        SELECT s.snapshot, CASE h.version WHEN 1 THEN h.registered_on ELSE h.updated_at::date END, h.updated_at,
            'registered', h.updated_by
        FROM household AS h
        CROSS JOIN LATERAL record_snapshots(ARRAY[h.id]) AS s
        WHERE h.id = asked_household AND h.updated_at <= known_at
            AND CASE h.version WHEN 1 THEN h.registered_on ELSE h.updated_at::date END <= valid_on
            AND NOT EXISTS (SELECT FROM household_version AS v WHERE v.household_id = h.id)
    ) AS found
$$;

CREATE POLICY read_with_household ON household_version FOR SELECT TO app_web
USING (EXISTS (SELECT FROM household AS h WHERE h.id = household_version.household_id));
CREATE POLICY add_with_household ON household_version FOR INSERT TO app_web
WITH CHECK ((SELECT edits_households())
            AND EXISTS (SELECT FROM household AS h WHERE h.id = household_version.household_id));
GRANT SELECT, INSERT ON household_version TO app_web;
