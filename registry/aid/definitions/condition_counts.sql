-- How many households meet conditions: from bits, and from the records of those that changed since.

-- Conditions read into bits, with the blocks to read and the households that changed since; no state where they cannot be
-- told from bits, or where too much has changed.
CREATE OR REPLACE FUNCTION bits_question(
    asked jsonb, on_day date, within text[], OUT state jsonb, OUT blocks integer[], OUT changed bigint[]
)
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    stale_blocks integer[] := ARRAY(SELECT DISTINCT s.block FROM target_stale AS s WHERE s.household_id IS NULL);
    pieces text[] := '{}';
    part record;
BEGIN
    changed := ARRAY(SELECT DISTINCT s.household_id FROM target_stale AS s
                     WHERE s.household_id IS NOT NULL AND s.block <> ALL (stale_blocks));
    blocks := ARRAY(
        SELECT DISTINCT t.block FROM target_bits AS t
        WHERE t.key >= 'daerah=' AND t.key < 'daerah>' AND t.block <> ALL (stale_blocks)
            AND (within IS NULL OR substr(t.key, 8) = ANY (within)));
    IF cardinality(blocks) = 0 OR cardinality(stale_blocks) > 8 OR cardinality(changed) > 10000 THEN
        RETURN;
    END IF;
    state := '{"columns": [], "members": [], "sets": []}' || jsonb_build_object('tops', (
        SELECT coalesce(jsonb_object_agg(f.name, f.top), '{}')
        FROM (SELECT n.name, max(right(t.key, 2)::integer) AS top
              FROM unnest('{umur,bil_ahli,bil_bilik,tanah_ekar,pendapatan_isirumah,pendapatan_perkapita}'::text[]) AS n (name)
              CROSS JOIN unnest(blocks) AS b (block)
              CROSS JOIN LATERAL (SELECT t.key FROM target_bits AS t
                                  WHERE t.block = b.block AND t.key >= n.name || '#' AND t.key < n.name || '$'
                                  ORDER BY t.key DESC LIMIT 1) AS t
              GROUP BY n.name) AS f));
    FOR part IN SELECT c.value, c.no FROM jsonb_array_elements(asked -> 'syarat') WITH ORDINALITY AS c (value, no)
    LOOP
        state := condition_bits(state, part.value, 'syarat,' || (part.no - 1), 'h', on_day);
        pieces := pieces || (state ->> 'sql');
    END LOOP;
    IF asked ? 'poligon' THEN
        pieces := pieces || format('coalesce(s%s.bits, no_bits())', jsonb_array_length(state -> 'sets'));
        state := jsonb_set(state, '{sets}', state -> 'sets' || to_jsonb(
            'SELECT h.id FROM household AS h WHERE ' || replace(inside_sql(), '$1', '$5')));
    END IF;
    IF state ? 'plain' THEN
        state := NULL;
        RETURN;
    END IF;
    changed := changed || ARRAY(SELECT h.id FROM unnest(stale_blocks) AS b (block)
                                JOIN household AS h ON h.id >= b.block * 8192::bigint AND h.id < (b.block + 1) * 8192::bigint);
    state := state || jsonb_build_object('sql', coalesce(nullif(array_to_string(pieces, ' & '), ''), '~ no_bits()'));
END
$$;

-- How many registered households meet conditions on a day by district, from bits, and from the records of those that
-- changed; nothing, not even a row of NULL, where that cannot be told.
CREATE OR REPLACE FUNCTION counts_by_bits(asked jsonb, on_day date, within text[])
RETURNS TABLE (district_code text, households bigint, told boolean)
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp SET work_mem = '64MB'
AS $$
DECLARE
    question record;
    looked_up record;
BEGIN
    SELECT * INTO question FROM bits_question(asked, on_day, within);
    IF question.state IS NULL THEN
        RETURN;
    END IF;
    looked_up := bits_keys(question.state);
    RETURN QUERY EXECUTE format('
        SELECT c.code, sum(c.n)::bigint, true FROM (%s UNION ALL
            SELECT r.district_code, r.households FROM counts_of_some($5, $6, $7, $4) AS r) AS c (code, n)
        GROUP BY c.code HAVING sum(c.n) > 0 UNION ALL SELECT NULL, NULL, true', bits_statement(question.state))
        USING question.blocks, looked_up.numbers, looked_up.keys, question.changed, asked, on_day, within;
END
$$;

-- The same of a few households, from their records.
CREATE OR REPLACE FUNCTION counts_of_some(asked jsonb, on_day date, within text[], asked_ids bigint[])
RETURNS TABLE (district_code text, households bigint)
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF cardinality(asked_ids) > 0 THEN
        -- written otherwise than $2, the day makes each household's members be looked up for it alone
        RETURN QUERY EXECUTE households_sql(asked, 'h.district_code, count(*)', '($2)')
            || ' AND h.id = ANY ($4) GROUP BY h.district_code'
            USING asked, on_day, within, asked_ids;
    END IF;
END
$$;

-- How many they are by district, from the records of all.
CREATE OR REPLACE FUNCTION recounts_meeting(asked jsonb, on_day date, within text[])
RETURNS TABLE (district_code text, households bigint)
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    RETURN QUERY EXECUTE households_sql(conditions_whole(asked), 'h.district_code, count(*)', '$2') || ' GROUP BY h.district_code'
        USING conditions_whole(asked), on_day, within;
END
$$;

-- How many they are by district: from bits where that can be.
CREATE OR REPLACE FUNCTION counts_meeting(asked jsonb, on_day date, within text[])
RETURNS TABLE (district_code text, households bigint)
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    told boolean := false;
    found record;
BEGIN
    PERFORM conditions_sql(conditions_whole(asked), '$2');  -- refuses what cannot be meant
    FOR found IN SELECT b.district_code AS code, b.households AS n
                 FROM counts_by_bits(conditions_whole(asked), on_day, within) AS b
    LOOP
        told := true;
        IF found.code IS NOT NULL THEN
            district_code := found.code;
            households := found.n;
            RETURN NEXT;
        END IF;
    END LOOP;
    IF NOT told THEN
        RETURN QUERY SELECT r.district_code, r.households FROM recounts_meeting(asked, on_day, within) AS r;
    END IF;
END
$$;

-- What is told of who meets conditions beside their number, from records: hardcore poor, poor, all, and persons.
CREATE OR REPLACE FUNCTION tallies_of_records(asked jsonb, on_day date, within text[], asked_ids bigint[])
RETURNS TABLE (district_code text, tallies bigint[])
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF cardinality(asked_ids) = 0 THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE households_sql(asked, 'h.district_code,
            ARRAY[count(*) FILTER (WHERE h.status = ''tegar''), count(*) FILTER (WHERE h.status = ''miskin''), count(*),
                  sum(h.member_count)]::bigint[]', CASE WHEN asked_ids IS NULL THEN '$2' ELSE '($2)' END)
        || ' AND ($4 IS NULL OR h.id = ANY ($4)) GROUP BY h.district_code'
        USING asked, on_day, within, asked_ids;
END
$$;

-- The same by district: from bits where that can be.
CREATE OR REPLACE FUNCTION tallies_meeting(asked jsonb, on_day date, within text[])
RETURNS TABLE (district_code text, tegar bigint, miskin bigint, households bigint, persons bigint)
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp SET work_mem = '64MB'
AS $$
DECLARE
    whole jsonb := conditions_whole(asked);
    question record;
    looked_up record;
BEGIN
    PERFORM conditions_sql(whole, '$2');  -- refuses what cannot be meant
    SELECT * INTO question FROM bits_question(whole, on_day, within);
    IF question.state IS NULL THEN
        RETURN QUERY SELECT r.district_code, r.tallies[1], r.tallies[2], r.tallies[3], r.tallies[4]
            FROM tallies_of_records(whole, on_day, within, NULL) AS r;
        RETURN;
    END IF;
    question.state := bits_tallied(question.state);
    looked_up := bits_keys(question.state);
    RETURN QUERY EXECUTE format('
        SELECT c.code, sum(c.n[1])::bigint, sum(c.n[2])::bigint, sum(c.n[3])::bigint, sum(c.n[4])::bigint FROM (%s UNION ALL
            SELECT r.district_code, r.tallies FROM tallies_of_records($5, $6, $7, $4) AS r) AS c (code, n)
        GROUP BY c.code HAVING sum(c.n[3]) > 0', bits_statement(question.state))
        USING question.blocks, looked_up.numbers, looked_up.keys, question.changed, whole, on_day, within;
END
$$;

REVOKE ALL ON FUNCTION bits_question(jsonb, date, text[]), tallies_of_records(jsonb, date, text[], bigint[]),
    tallies_meeting(jsonb, date, text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION counts_by_bits(jsonb, date, text[]), counts_of_some(jsonb, date, text[], bigint[]),
    recounts_meeting(jsonb, date, text[]), counts_meeting(jsonb, date, text[]) FROM PUBLIC;
