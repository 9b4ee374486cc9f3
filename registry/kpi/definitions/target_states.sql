-- A target proposed from below is set by who decides for the state: the areas inside the one above it are shared out anew,
-- that one stays, and the change is a version of the whole tree like any other.

-- Whether other targets that hang together with those of a proposal were approved since it was made: those of one indicator
-- and day do, but for areas inside two states.
CREATE OR REPLACE FUNCTION target_proposal_overtaken(asked_proposal bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM target_proposal AS own
        JOIN target_proposal AS other ON other.state = 'approved' AND other.decided_at > own.proposed_at
            AND (length(own.area_code) = 2 OR length(other.area_code) = 2 OR left(own.area_code, 2) = left(other.area_code, 2))
        CROSS JOIN LATERAL jsonb_each(own.wanted) AS w
        JOIN LATERAL jsonb_each(other.wanted) AS v ON v.key = w.key AND v.value -> 'due_on' = w.value -> 'due_on'
        WHERE own.id = asked_proposal)
$$;

-- How the targets that a proposal would change are shared out, for who decides on it: the version in force, and what was
-- set by hand inside the area above. Of other areas nothing is told.
CREATE OR REPLACE FUNCTION target_tree_of(asked_proposal bigint)
RETURNS TABLE (version integer, how text, baseline_on date, above text, pins jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT t.version, t.how, t.baseline_on, a.code,
        (SELECT coalesce(jsonb_object_agg(x.key, x.value), '{}') FROM jsonb_each(t.pins) AS x
         WHERE left(x.key, length(a.code)) = a.code AND x.key <> a.code)
    FROM target_proposal AS p
    CROSS JOIN LATERAL target_area_above(p.area_code) AS a (code)
    CROSS JOIN LATERAL jsonb_each(p.wanted) AS w
    JOIN target_tree AS t ON t.indicator_code = w.key AND t.due_on = (w.value ->> 'due_on')::date
    WHERE p.id = asked_proposal AND decides_targets_of(p.area_code) AND is_from_below(p)
    ORDER BY t.version DESC LIMIT 1
$$;

-- The points of the way to a target, as much of it gone on each day as of the country's; none where that goes nowhere.
CREATE OR REPLACE FUNCTION target_points_inside(tree target_tree, from_value numeric, to_value numeric) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_array(p.value -> 0, trim_scale(
        from_value + ((to_value - from_value) * ((p.value ->> 1)::numeric - c.baseline))::numeric(60, 28) / (tree.target - c.baseline)
    )::text) ORDER BY p.place), '[]')
    FROM target AS c CROSS JOIN jsonb_array_elements(tree.points) WITH ORDINALITY AS p (value, place)
    WHERE c.indicator_code = tree.indicator_code AND c.due_on = tree.due_on AND c.area_code = 'MY' AND c.baseline <> tree.target
$$;

-- Sets the targets inside the area above one of which a proposal was approved in this transaction; answers the version.
-- ``given`` holds target and numerator by area. That they add up is judged at commit, so the area above cannot move.
CREATE OR REPLACE FUNCTION set_targets_inside(asked_proposal bigint, seen_version integer, given jsonb) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    asked target_proposal;
    above text;
    one record;
    tree target_tree;
    held jsonb;
    own target;
BEGIN
    SELECT * INTO asked FROM target_proposal AS p
    WHERE p.id = asked_proposal AND p.state = 'approved' AND p.decided_by = acting_user()
        AND p.tx = pg_current_xact_id_if_assigned()::text::bigint;
    above := target_area_above(asked.area_code);
    IF asked.id IS NULL OR NOT decides_targets_of(asked.area_code) OR NOT is_from_below(asked)
        OR EXISTS (SELECT FROM jsonb_object_keys(given) AS g (code) WHERE g.code = above OR left(g.code, length(above)) <> above)
    THEN
        RAISE EXCEPTION 'may not set these targets' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT w.key AS code, (w.value ->> 'due_on')::date AS due, (w.value ->> 'target')::numeric AS target INTO one
    FROM jsonb_each(asked.wanted) AS w;
    SELECT * INTO tree FROM target_tree AS t
    WHERE t.indicator_code = one.code AND t.due_on = one.due ORDER BY t.version DESC LIMIT 1;
    IF tree.version IS DISTINCT FROM seen_version THEN
        RAISE EXCEPTION 'stale' USING ERRCODE = 'EK019';
    END IF;
    SELECT jsonb_object_agg(t.area_code, trim_scale(t.target)::text) INTO held FROM target AS t
    WHERE t.indicator_code = one.code AND t.due_on = one.due AND t.area_code ~ '^(MY|[0-9]+)$';
    UPDATE target AS t
    SET target = (g.value ->> 0)::numeric, numerator = (g.value ->> 1)::numeric, sample = false, points = p.points,
        way = CASE p.points WHEN '[]' THEN 'lurus' ELSE tree.way END
    FROM jsonb_each(given) AS g
    JOIN target AS s ON s.indicator_code = one.code AND s.due_on = one.due AND s.area_code = g.key
    CROSS JOIN LATERAL target_points_inside(tree, s.baseline, (g.value ->> 0)::numeric) AS p (points)
    WHERE t.indicator_code = one.code AND t.due_on = one.due AND t.area_code = g.key AND t.how IS NOT NULL;
    SELECT * INTO own FROM target AS t
    WHERE t.indicator_code = one.code AND t.due_on = one.due AND t.area_code = asked.area_code;
    IF own.target IS DISTINCT FROM one.target AND (own.denominator IS NULL OR tree.how = 'sama'
                                                   OR own.numerator <> round(one.target * own.denominator))
    THEN
        RAISE EXCEPTION 'may not set another target than was approved' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO target_tree (indicator_code, due_on, version, how, baseline_on, target, pins, way, points, reason, before,
                             after, decided_by)
    VALUES (one.code, one.due, tree.version + 1, tree.how, tree.baseline_on, tree.target,
            tree.pins || jsonb_build_object(asked.area_code, CASE tree.how WHEN 'sama' THEN to_jsonb(own.target::text)
                                            ELSE to_jsonb(coalesce(own.numerator, own.target)::bigint) END),
            tree.way, tree.points, asked.reason, held,
            held || (SELECT jsonb_object_agg(g.key, g.value ->> 0) FROM jsonb_each(given) AS g), acting_user());
    RETURN tree.version + 1;
END
$$;

REVOKE ALL ON FUNCTION target_proposal_overtaken(bigint), target_tree_of(bigint),
    target_points_inside(target_tree, numeric, numeric), set_targets_inside(bigint, integer, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION target_proposal_overtaken(bigint), target_tree_of(bigint),
    set_targets_inside(bigint, integer, jsonb) TO app_web;
