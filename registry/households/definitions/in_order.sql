-- Households that count, in the order of a column that an index has: at a cost that does not grow with the register.

-- A page of the households of the acting user's territory within the filters, in the order of a column ("name",
-- "perCapita", or "status", the poorest first and by income within each), after a place in that order: the key and the
-- number of the row before. Of every district, status and strata the first few are read off an index, and the first of
-- these are the page. In the definer's name because neither an order of names nor one of numbers is a safe condition below
-- row-level security; the statement that joins the households is below it.
CREATE OR REPLACE FUNCTION households_in_order(
    asked_order text, descending boolean, asked_district text, asked_mukim text, asked_statuses text[],
    asked_strata text, after_key text, after_id bigint, row_limit integer, row_offset integer
) RETURNS TABLE (household_id bigint, key text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    -- within a part the status is one, so that its rank moves the bound and not the rows
    apart text := CASE asked_order WHEN 'status' THEN 'r.rank * 1e12' ELSE '0' END;
    sorted text := CASE asked_order WHEN 'name' THEN 'h.head_name' ELSE 'h.per_capita_rm' END;
    key text := CASE asked_order WHEN 'name' THEN 'h.head_name' ELSE apart || ' + h.per_capita_rm' END;
    bound text := CASE asked_order WHEN 'name' THEN '$7' ELSE 'CAST($7 AS numeric) - ' || apart END;
    way text := CASE WHEN descending THEN 'DESC' ELSE 'ASC' END;
    behind text := CASE WHEN after_id IS NULL THEN 'true'
        ELSE format('(%s, h.id) %s (%s, $8)', sorted, CASE WHEN descending THEN '<' ELSE '>' END, bound) END;
    reached text := CASE WHEN cardinality(acting_catchments()) = 0 THEN 'true'
        ELSE 'in_reach(h.district_code, h.catchment_codes)' END;
BEGIN
    IF asked_order NOT IN ('name', 'perCapita', 'status') THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format($query$
        SELECT h.id, CAST(h.key AS text)
        FROM (SELECT area.code AS district_code, s.status, s.rank, t.strata
              FROM area
              CROSS JOIN unnest(ARRAY['tegar', 'miskin', 'mudah_miskin', 'terkeluar']) WITH ORDINALITY AS s (status, rank)
              CROSS JOIN unnest(ARRAY['urban', 'rural']) AS t (strata)
              WHERE area.level = 'district' AND sees_persons() AND area.code IN (SELECT reached_districts())
                  AND ($1 IS NULL OR area.code = $1) AND ($2 IS NULL OR area.code = left($2, 4))
                  AND ($3 IS NULL OR s.status = ANY ($3)) AND ($4 IS NULL OR t.strata = $4)) AS r
        CROSS JOIN LATERAL (
            SELECT h.id, %1$s AS key
            FROM household AS h
            WHERE h.district_code = r.district_code AND h.status = r.status AND h.strata = r.strata
                AND h.exited_on IS NULL AND %2$s AND %3$s
                AND ($2 IS NULL OR coalesce(h.mukim_code, h.district_code || '00') = $2)
            ORDER BY %4$s %5$s, h.id %5$s
            LIMIT CAST($5 AS bigint) + $6) AS h
        ORDER BY h.key %5$s, h.id %5$s
        LIMIT $5 OFFSET $6
    $query$, key, behind, reached, sorted, way)
    USING asked_district, asked_mukim, asked_statuses, asked_strata, row_limit, row_offset, after_key, after_id;
END
$$;

REVOKE ALL ON FUNCTION households_in_order(text, boolean, text, text, text[], text, text, bigint, integer, integer)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION households_in_order(text, boolean, text, text, text[], text, text, bigint, integer, integer)
    TO app_web;
