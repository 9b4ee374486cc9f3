-- The search of Isi rumah for a name. Typed words are looked up as they are, and then put right among the words that
-- occur; either way an index over the words of each name finds who bears them within the territory of who asks, and no
-- more than a page or two of them is read, however common the name.

-- The words of names that a typed one can stand for, the nearest first: those that are as alike, and of two words that
-- were written as one the longer. A word that nobody of the own territory bears makes no difference there.
CREATE OR REPLACE FUNCTION name_words_like(asked text, likeness real) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    PERFORM set_config('pg_trgm.word_similarity_threshold', likeness::text, true);
    RETURN ARRAY(
        SELECT f.word
        FROM (SELECT s.word, max(word_similarity(asked, s.word)) AS likeness, max(similarity(asked, s.word)) AS whole
              FROM search_word AS s
              WHERE s.kind = 'name' AND s.word %> asked
              GROUP BY s.word) AS f
        ORDER BY f.likeness DESC, f.whole DESC, f.word
        LIMIT 100) || ARRAY(
        SELECT part FROM generate_series(2, length(asked) - 2) AS cut
        CROSS JOIN LATERAL (VALUES (left(asked, cut)), (substr(asked, cut + 1))) AS parts (part)
        WHERE length(part) >= greatest(3, length(asked) / 2.0)
            AND EXISTS (SELECT FROM search_word AS s WHERE s.kind = 'name' AND s.word = part));
END
$$;

-- Persons whose name holds every asked word, as typed or put right, of households within the filters and the territory of
-- who asks; at most so many, those with the words as typed first.
CREATE OR REPLACE FUNCTION persons_named(
    asked text[], likeness real, asked_district text, asked_mukim text, asked_status text, asked_strata text, most integer
) RETURNS TABLE (person_id bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    words text[] := array_remove(asked, NULL);
    -- the marks of the districts to look in; null for the whole country
    within text[] := CASE
        WHEN asked_district IS NULL AND nationwide() THEN NULL
        ELSE ARRAY(SELECT 'd' || code FROM reached_districts() AS code
                   WHERE asked_district IS NULL OR code = asked_district) END;
    bearers text := 'SELECT p.id FROM person AS p WHERE %s';
    held text := 'person_words(p.name_key, p.district_code)';
    alike text;
    found bigint;
BEGIN
    IF NOT sees_persons() OR cardinality(words) = 0 OR cardinality(within) = 0 THEN
        RETURN;
    END IF;
    IF within IS NOT NULL THEN
        bearers := bearers || format(' AND %s && $1', held);
    END IF;
    IF num_nonnulls(asked_mukim, asked_status, asked_strata) > 0 THEN
        bearers := bearers || $filter$ AND EXISTS (
            SELECT FROM household AS h
            WHERE h.id = p.household_id AND h.status = coalesce($2, h.status) AND h.strata = coalesce($3, h.strata)
                AND coalesce(h.mukim_code, h.district_code || '00') = coalesce($4, h.mukim_code, h.district_code || '00'))
        $filter$;
    END IF;
    IF cardinality(acting_catchments()) > 0 THEN
        bearers := bearers || $reach$ AND EXISTS (
            SELECT FROM household AS h WHERE h.id = p.household_id AND in_reach(h.district_code, h.catchment_codes))
        $reach$;
    END IF;
    bearers := bearers || ' LIMIT $5';
    RETURN QUERY EXECUTE format(bearers, format('%s @> %L::text[]', held, words))
        USING within, asked_status, asked_strata, asked_mukim, most;
    GET DIAGNOSTICS found = ROW_COUNT;
    IF found >= most THEN
        RETURN;
    END IF;
    SELECT string_agg(format('%s && %L::text[]', held, array_append(name_words_like(word, likeness), word)), ' AND ')
    INTO alike FROM unnest(words) AS word;
    RETURN QUERY EXECUTE format(bearers, format('%s AND NOT %s @> %L::text[]', alike, held, words))
        USING within, asked_status, asked_strata, asked_mukim, most - found;
END
$$;

REVOKE ALL ON FUNCTION name_words_like(text, real),
    persons_named(text[], real, text, text, text, text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION persons_named(text[], real, text, text, text, text, integer) TO app_web;
