-- Households of the filters asked for that count, farthest below the line first; what has exited is found by asking for it.
-- Of every district, status and strata the first few are read off an index, and the first of these are the page; how many
-- there are in all is told by the summary.
-- grain:   one row per household; total counts all of the filters
-- params:  district, mukim, status, strata, row_limit, row_offset
-- columns: household_id, file_no, head_name, status, strata, member_count, income_rm, per_capita_rm, pgk_per_capita_rm, food_per_capita_rm, district_name, mukim_name?, visited_on?, next_review_on, exited_on?, total
-- row:     BrowsedRow
WITH part AS MATERIALIZED (
    SELECT area.code AS district_code, s.status, t.strata
    FROM ekasih.area
    CROSS JOIN unnest(ARRAY['tegar', 'miskin', 'mudah_miskin', 'terkeluar']) AS s (status)
    CROSS JOIN unnest(ARRAY['urban', 'rural']) AS t (strata)
    WHERE area.level = 'district' AND area.code IN (SELECT ekasih.reached_districts())
        AND (CAST(:district AS text) IS NULL OR area.code = CAST(:district AS text))
        AND (CAST(:mukim AS text) IS NULL OR area.code = left(CAST(:mukim AS text), 4))
        AND (CAST(:status AS text) IS NULL OR s.status = CAST(:status AS text))
        AND (CAST(:strata AS text) IS NULL OR t.strata = CAST(:strata AS text))
), page AS MATERIALIZED (
    SELECT first.*
    FROM part
    CROSS JOIN LATERAL (
        SELECT h.id, h.gap_share, h.per_capita_rm
        FROM ekasih.household AS h
        WHERE h.district_code = part.district_code AND h.status = part.status AND h.strata = part.strata
            AND h.exited_on IS NULL
            AND (CAST(:mukim AS text) IS NULL
                 OR coalesce(h.mukim_code, h.district_code || '00') = CAST(:mukim AS text))
        ORDER BY h.gap_share DESC, h.per_capita_rm, h.id
        LIMIT CAST(:row_limit AS bigint) + CAST(:row_offset AS bigint)
    ) AS first
    ORDER BY first.gap_share DESC, first.per_capita_rm, first.id
    LIMIT :row_limit OFFSET :row_offset
), counted AS (
    SELECT (
        SELECT coalesce(sum(c.households), 0)
        FROM part
        JOIN ekasih.headcount AS c
            ON c.area_code = coalesce(CAST(:mukim AS text), part.district_code)
                AND c.status = part.status AND c.strata = part.strata
    )::bigint + (
        SELECT count(*)
        FROM part
        JOIN ekasih.catchment_households() AS h
            ON h.district_code = part.district_code AND h.status = part.status AND h.strata = part.strata
                AND h.exited_on IS NULL
                AND (CAST(:mukim AS text) IS NULL
                     OR coalesce(h.mukim_code, h.district_code || '00') = CAST(:mukim AS text))
    ) AS total
)
SELECT h.id AS household_id, h.file_no, h.head_name, h.status, h.strata, h.member_count, h.income_rm, h.per_capita_rm,
    line.pgk_per_capita_rm, line.food_per_capita_rm, district.name AS district_name, mukim.name AS mukim_name,
    coalesce(h.last_visit_on, h.census_date) AS visited_on, h.next_review_on, h.exited_on, counted.total
FROM page
CROSS JOIN counted
JOIN ekasih.household AS h ON h.id = page.id
JOIN ekasih.poverty_line AS line ON line.id = h.line_id
JOIN ekasih.area AS district ON district.code = h.district_code
LEFT JOIN ekasih.area AS mukim ON mukim.code = h.mukim_code
ORDER BY page.gap_share DESC, page.per_capita_rm, page.id
