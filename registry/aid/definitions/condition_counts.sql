-- How many households meet conditions: from bits, and from the records of those that changed since.

-- How many registered households meet conditions on a day by district, from bits, and from the records of those that
-- changed; NULL where that cannot be told from bits, or where too much has changed.
CREATE OR REPLACE FUNCTION counts_by_bits(asked jsonb, on_day date, within text[])
RETURNS TABLE (district_code text, households bigint, told boolean)
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp SET work_mem = '64MB'
AS $$
#variable_conflict use_column
DECLARE
    stale_blocks integer[] := ARRAY(SELECT DISTINCT s.block FROM target_stale AS s WHERE s.household_id IS NULL);
    changed bigint[] := ARRAY(SELECT DISTINCT s.household_id FROM target_stale AS s
                              WHERE s.household_id IS NOT NULL AND s.block <> ALL (stale_blocks));
    blocks integer[] := ARRAY(
        SELECT DISTINCT t.block FROM target_bits AS t
        WHERE t.key >= 'daerah=' AND t.key < 'daerah>' AND t.block <> ALL (stale_blocks)
            AND (within IS NULL OR substr(t.key, 8) = ANY (within)));
    state jsonb := '{"columns": [], "members": [], "sets": []}';
    pieces text[] := '{}';
    part record;
BEGIN
    IF cardinality(blocks) = 0 OR cardinality(stale_blocks) > 8 OR cardinality(changed) > 10000 THEN
        RETURN;
    END IF;
    state := state || jsonb_build_object('tops', (
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
        RETURN;
    END IF;
    changed := changed || ARRAY(SELECT h.id FROM unnest(stale_blocks) AS b (block)
                                JOIN household AS h ON h.id >= b.block * 8192::bigint AND h.id < (b.block + 1) * 8192::bigint);
    state := state || jsonb_build_object('sql', coalesce(nullif(array_to_string(pieces, ' & '), ''), '~ no_bits()'));
    RETURN QUERY EXECUTE format('
        SELECT c.code, sum(c.n)::bigint, true FROM (%s UNION ALL
            SELECT r.district_code, r.households FROM counts_of_some($5, $6, $7, $4) AS r) AS c (code, n)
        GROUP BY c.code HAVING sum(c.n) > 0 UNION ALL SELECT NULL, NULL, true', bits_statement(state))
        USING blocks,
            ARRAY(SELECT c.no::integer FROM jsonb_array_elements(state -> 'columns') WITH ORDINALITY AS c (value, no)
                  CROSS JOIN LATERAL jsonb_array_elements_text(c.value -> 'keys') AS k (key) ORDER BY c.no, k.key),
            ARRAY(SELECT k.key FROM jsonb_array_elements(state -> 'columns') WITH ORDINALITY AS c (value, no)
                  CROSS JOIN LATERAL jsonb_array_elements_text(c.value -> 'keys') AS k (key) ORDER BY c.no, k.key),
            changed, asked, on_day, within;
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

REVOKE ALL ON FUNCTION counts_by_bits(jsonb, date, text[]), counts_of_some(jsonb, date, text[], bigint[]),
    recounts_meeting(jsonb, date, text[]), counts_meeting(jsonb, date, text[]) FROM PUBLIC;
