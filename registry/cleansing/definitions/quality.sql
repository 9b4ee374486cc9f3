-- Odd data: what is found by looking over the whole register, and how much of it there is in an area.

-- What is odd now, one row for each finding: the kinds that no single edit or delivery can see.
CREATE OR REPLACE FUNCTION odd_data()
RETURNS TABLE (household_id bigint, district_code text, member_no smallint, code text, detail jsonb)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    WITH rules AS (
        SELECT
            coalesce((SELECT (value #>> '{}')::integer FROM setting WHERE key = 'quality.stacked_at_least'), 5) AS stacked,
            coalesce((SELECT (value #>> '{}')::numeric FROM setting WHERE key = 'quality.income_factor'), 3) AS factor,
            coalesce((SELECT (value #>> '{}')::numeric FROM setting WHERE key = 'quality.income_least_rm'), 300) AS least_rm,
            coalesce((SELECT (value #>> '{}')::integer FROM setting WHERE key = 'quality.oldest_years'), 110) AS oldest
    ), given AS (
        SELECT h.id, h.district_code, round(ST_X(h.geom)::numeric, 5) AS x, round(ST_Y(h.geom)::numeric, 5) AS y
        FROM household AS h
        WHERE h.geom_method IN ('given', 'swapped', 'manual')
            AND h.dwelling_type IS DISTINCT FROM 'Pangsa' AND h.dwelling_type IS DISTINCT FROM 'Rumah panjang'
    ), stacks AS (
        SELECT g.x, g.y, count(*) AS households FROM given AS g GROUP BY g.x, g.y
        HAVING count(*) >= (SELECT stacked FROM rules)
    ), aged AS (
        SELECT p.household_id, p.district_code, p.member_no, p.is_head, p.relationship, p.birth_date,
            head.birth_date AS head_birth_date
        FROM person AS p
        LEFT JOIN person AS head ON head.household_id = p.household_id AND head.is_head
        WHERE p.birth_date IS NOT NULL
    ), incomes AS (
        -- income per person unrounded: the stored one is for reading
        SELECT d.household_id, d.effective_on, d.per_person_rm,
            lead(d.per_person_rm) OVER newest AS before_rm, row_number() OVER newest AS back
        FROM (SELECT DISTINCT ON (s.household_id, s.effective_on) s.household_id, s.effective_on,
                  s.income_rm / s.member_count AS per_person_rm
              FROM status_decision AS s
              WHERE s.cause NOT IN ('line_changed', 'rule_changed', 'corrected')
              ORDER BY s.household_id, s.effective_on, s.id DESC) AS d
        WINDOW newest AS (PARTITION BY d.household_id ORDER BY d.effective_on DESC)
    )
    SELECT g.id, g.district_code, NULL::smallint, 'titik_bertindih', jsonb_build_object('households', s.households)
    FROM given AS g JOIN stacks AS s USING (x, y)
    UNION ALL
    SELECT a.household_id, a.district_code, a.member_no, 'umur_tidak_munasabah', jsonb_build_object('reason', odd.reason)
    FROM aged AS a
    CROSS JOIN rules
    CROSS JOIN LATERAL (SELECT CASE
        WHEN a.birth_date > current_date THEN 'future'
        WHEN a.birth_date < current_date - make_interval(years => rules.oldest) THEN 'too_old'
        WHEN a.is_head AND a.birth_date > current_date - interval '15 years' THEN 'head_child'
        WHEN a.relationship = 'Anak' AND a.birth_date < a.head_birth_date + interval '12 years' THEN 'child_older'
        WHEN a.relationship IN ('Ibu', 'Bapa') AND a.birth_date > a.head_birth_date - interval '12 years' THEN 'parent_younger'
        END AS reason) AS odd
    WHERE odd.reason IS NOT NULL
    UNION ALL
    SELECT i.household_id, h.district_code, NULL, 'pendapatan_melonjak',
        jsonb_build_object('before', round(i.before_rm, 2), 'after', round(i.per_person_rm, 2), 'on', i.effective_on)
    FROM incomes AS i
    JOIN household AS h ON h.id = i.household_id
    CROSS JOIN rules
    WHERE i.back = 1 AND i.before_rm IS NOT NULL AND abs(i.per_person_rm - i.before_rm) >= rules.least_rm
        AND (i.per_person_rm >= rules.factor * i.before_rm OR i.before_rm >= rules.factor * i.per_person_rm)
$$;

-- Brings the flags of those kinds up to date: raises what is odd, resolves what no longer is. What a person has said to
-- be right is not raised again while it stays the same.
CREATE OR REPLACE FUNCTION find_odd_data() RETURNS TABLE (code text, raised bigint, resolved bigint)
LANGUAGE plpgsql VOLATILE SET search_path = ekasih, public, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH odd AS MATERIALIZED (
        SELECT * FROM odd_data()
    ), settled AS (
        UPDATE quality_flag AS f SET resolved_at = now(), resolved_by = 'system'
        WHERE f.resolved_at IS NULL
            AND f.code IN ('titik_bertindih', 'umur_tidak_munasabah', 'pendapatan_melonjak')
            AND NOT EXISTS (SELECT FROM odd AS o WHERE o.household_id = f.household_id AND o.code = f.code
                            AND o.member_no IS NOT DISTINCT FROM f.member_no)
        RETURNING f.code
    ), added AS (
        INSERT INTO quality_flag (household_id, district_code, member_no, code, detail)
        SELECT o.household_id, o.district_code, o.member_no, o.code, o.detail
        FROM odd AS o
        WHERE NOT EXISTS (
            SELECT FROM quality_flag AS f
            WHERE f.household_id = o.household_id AND f.code = o.code
                AND f.member_no IS NOT DISTINCT FROM o.member_no
                AND (f.resolved_at IS NULL OR (f.resolved_by <> 'system' AND f.detail = o.detail)))
        RETURNING quality_flag.code
    )
    SELECT kinds.code, (SELECT count(*) FROM added AS a WHERE a.code = kinds.code),
        (SELECT count(*) FROM settled AS s WHERE s.code = kinds.code)
    FROM (VALUES ('titik_bertindih'), ('umur_tidak_munasabah'), ('pendapatan_melonjak')) AS kinds (code);
END
$$;

-- The kind of fault that an open flag tells of: what none of the others is, is 'identity' where it is about a member, else
-- 'location'.
CREATE OR REPLACE FUNCTION fault_kind(code text, member_no smallint) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$
    SELECT CASE
        WHEN code = 'koordinat_luar_daerah' THEN 'far'
        WHEN code = 'titik_bertindih' THEN 'stacked'
        WHEN code = 'umur_tidak_munasabah' THEN 'age'
        WHEN code = 'pendapatan_melonjak' THEN 'income'
        WHEN member_no IS NOT NULL THEN 'identity'
        ELSE 'location'
    END
$$;

-- The kinds of faults that households have now, one row for each household and kind. One that has exited is neither
-- visited again nor placed; what is flagged of it stays.
CREATE OR REPLACE FUNCTION faults(districts text[])
RETURNS TABLE (household_id bigint, state_code text, district_code text, mukim_code text, kind text)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT h.id, h.state_code, h.district_code, h.mukim_code, found.kind
    FROM household AS h
    CROSS JOIN LATERAL (VALUES
        ('unplaced', h.geom_method NOT IN ('given', 'swapped', 'manual')),
        ('stale', h.next_review_on < current_date)) AS found (kind, holds)
    WHERE h.district_code = ANY (districts) AND h.exited_on IS NULL AND found.holds
    UNION ALL
    SELECT DISTINCT h.id, h.state_code, h.district_code, h.mukim_code, fault_kind(f.code, f.member_no)
    FROM quality_flag AS f
    JOIN household AS h ON h.id = f.household_id
    WHERE f.district_code = ANY (districts) AND f.resolved_at IS NULL
$$;

-- How many households of each area inside an area have a fault of a kind, counted now, for those who see the persons
-- there; others read what was published. Level is that of the areas inside. Of districts and states the summaries tell
-- it, and the open flags; only the mukim of one district are counted household by household.
CREATE OR REPLACE FUNCTION fault_counts(asked_level text, within text)
RETURNS TABLE (area_code text, kind text, households bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    WITH inside AS MATERIALIZED (
        SELECT a.code, a.state_code FROM area AS a
        WHERE a.level = 'district' AND within IN ('MY', a.code, a.state_code)
            AND sees_persons() AND (nationwide() OR in_territory(left(within, 4)))
    ), this_month AS (
        SELECT CAST(date_trunc('month', current_date) AS date) AS begins
    ), counted AS (
        SELECT c.area_code AS district_code, 'unplaced' AS kind, c.without_point AS households
        FROM headcount AS c JOIN inside ON inside.code = c.area_code
        UNION ALL
        SELECT c.district_code, 'stale', c.households
        FROM worklist_count AS c
        JOIN inside ON inside.code = c.district_code
        CROSS JOIN this_month AS m
        WHERE c.list = 'due' AND ((c.period = 'month' AND c.begins < m.begins)
                                  OR (c.period = 'day' AND c.begins >= m.begins AND c.begins < current_date))
        UNION ALL
        SELECT f.district_code, fault_kind(f.code, f.member_no), count(DISTINCT f.household_id)
        FROM quality_flag AS f
        JOIN inside ON inside.code = f.district_code
        WHERE f.resolved_at IS NULL
        GROUP BY f.district_code, fault_kind(f.code, f.member_no)
    )
    SELECT CASE asked_level WHEN 'state' THEN inside.state_code ELSE inside.code END, counted.kind,
        sum(counted.households)::bigint
    FROM counted JOIN inside ON inside.code = counted.district_code
    WHERE asked_level <> 'mukim'
    GROUP BY 1, 2
    HAVING sum(counted.households) > 0
    UNION ALL
    SELECT coalesce(f.mukim_code, f.district_code || '00'), f.kind, count(*)
    FROM faults(ARRAY(SELECT inside.code FROM inside)) AS f
    WHERE asked_level = 'mukim'
    GROUP BY 1, 2
    UNION ALL
    SELECT within, f.kind, count(*)
    FROM faults(ARRAY(SELECT reached_districts())) AS f JOIN household AS h ON h.id = f.household_id
    WHERE asked_level = 'catchment' AND sees_persons() AND within = ANY (acting_catchments())
        AND h.catchment_codes @> ARRAY[within]
    GROUP BY f.kind
$$;
REVOKE ALL ON FUNCTION fault_counts(text, text), find_odd_data(), odd_data() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fault_counts(text, text) TO app_web;
