-- Households of the filters asked for that count, farthest below the line first; what has exited is found by asking for it.
-- Of every district and status the first few are read off an index, and the first of these are the page; how many there are
-- in all is told by the summary.
-- grain:   one row per household; total counts all of the filters
-- params:  district, mukim, status, strata, row_limit, row_offset
-- columns: household_id, file_no, head_name, status, strata, member_count, income_rm, per_capita_rm, pgk_per_capita_rm, food_per_capita_rm, district_name, mukim_name, visited_on, next_review_on, exited_on, total
WITH part AS MATERIALIZED (
    SELECT area.code AS district_code, s.status
    FROM ekasih.area
    CROSS JOIN unnest(ARRAY['tegar', 'miskin', 'mudah_miskin', 'terkeluar']) AS s (status)
    WHERE area.level = 'district' AND ekasih.in_territory(area.code)
        AND (CAST(:district AS text) IS NULL OR area.code = CAST(:district AS text))
        AND (CAST(:mukim AS text) IS NULL OR area.code = left(CAST(:mukim AS text), 4))
        AND (CAST(:status AS text) IS NULL OR s.status = CAST(:status AS text))
), page AS MATERIALIZED (
    SELECT first.*
    FROM part
    CROSS JOIN LATERAL (
        SELECT h.*
        FROM ekasih.household AS h
        WHERE h.district_code = part.district_code AND h.status = part.status AND h.exited_on IS NULL
            AND (CAST(:mukim AS text) IS NULL
                 OR coalesce(h.mukim_code, h.district_code || '00') = CAST(:mukim AS text))
            AND (CAST(:strata AS text) IS NULL OR h.strata = CAST(:strata AS text))
        ORDER BY h.gap_share DESC, h.per_capita_rm, h.id
        LIMIT CAST(:row_limit AS bigint) + CAST(:row_offset AS bigint)
    ) AS first
    ORDER BY first.gap_share DESC, first.per_capita_rm, first.id
    LIMIT :row_limit OFFSET :row_offset
), counted AS (
    SELECT coalesce(sum(c.households), 0)::bigint AS total
    FROM part
    JOIN ekasih.headcount AS c
        ON c.area_code = coalesce(CAST(:mukim AS text), part.district_code) AND c.status = part.status
    WHERE CAST(:strata AS text) IS NULL OR c.strata = CAST(:strata AS text)
)
SELECT page.id AS household_id, page.file_no, page.head_name, page.status, page.strata, page.member_count,
    page.income_rm, page.per_capita_rm, line.pgk_per_capita_rm, line.food_per_capita_rm, district.name AS district_name,
    mukim.name AS mukim_name, coalesce(page.last_visit_on, page.census_date) AS visited_on, page.next_review_on,
    page.exited_on, counted.total
FROM page
CROSS JOIN counted
JOIN ekasih.poverty_line AS line ON line.id = page.line_id
JOIN ekasih.area AS district ON district.code = page.district_code
LEFT JOIN ekasih.area AS mukim ON mukim.code = page.mukim_code
ORDER BY page.gap_share DESC, page.per_capita_rm, page.id
