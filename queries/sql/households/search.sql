-- Households that a question matches: every word of a name (alike), or a number (exact), within the filters.
-- A name is looked up by its words: see persons_named. Of a very common one only the first name_limit bearers are given.
-- grain:   one row per household, best match first; total counts all that match, bearers the persons found by their name
-- params:  whole, word_1, word_2, word_3, alike_from, name_limit, number, phone, file_no, district, mukim, status, strata, row_limit, row_offset
-- columns: household_id, file_no, head_name, status, strata, member_count, income_rm, per_capita_rm, pgk_per_capita_rm, food_per_capita_rm, district_name, mukim_name?, visited_on?, next_review_on, exited_on?, matched_by, matched_name?, matched_head?, likeness, total, bearers
-- row:     MatchRow
WITH named AS MATERIALIZED (
    SELECT p.household_id, p.name, p.name_key, p.is_head
    FROM ekasih.persons_named(
        ARRAY[CAST(:word_1 AS text), CAST(:word_2 AS text), CAST(:word_3 AS text)], CAST(:alike_from AS real),
        CAST(:district AS text), CAST(:mukim AS text), CAST(:status AS text), CAST(:strata AS text),
        CAST(:name_limit AS integer)) AS found
    JOIN ekasih.person AS p ON p.id = found.person_id
), matched AS (
    SELECT n.household_id, 'name' AS matched_by, n.name AS matched_name, n.is_head AS matched_head,
        word_similarity(CAST(:word_1 AS text), n.name_key)
            + coalesce(word_similarity(CAST(:word_2 AS text), n.name_key), 0)
            + coalesce(word_similarity(CAST(:word_3 AS text), n.name_key), 0)
            + similarity(CAST(:whole AS text), n.name_key) / 10 AS likeness
    FROM named AS n
    UNION ALL
    SELECT p.household_id, 'id_no', p.name, p.is_head, 4
    FROM ekasih.person AS p
    WHERE p.id_no = CAST(:number AS text)
    UNION ALL
    SELECT h.id, 'file_no', NULL, NULL, 4
    FROM ekasih.household AS h
    WHERE h.file_no = CAST(:file_no AS text)
    UNION ALL
    SELECT h.id, 'phone', NULL, NULL, 4
    FROM ekasih.household AS h
    WHERE h.phone_key = CAST(:phone AS text)
), best AS (
    SELECT DISTINCT ON (m.household_id) m.*
    FROM matched AS m
    ORDER BY m.household_id, m.likeness DESC, m.matched_head DESC NULLS LAST
)
SELECT h.id AS household_id, h.file_no, h.head_name, h.status, h.strata, h.member_count, h.income_rm, h.per_capita_rm,
    line.pgk_per_capita_rm, line.food_per_capita_rm, district.name AS district_name, mukim.name AS mukim_name,
    coalesce(h.last_visit_on, h.census_date) AS visited_on, h.next_review_on, h.exited_on,
    best.matched_by, best.matched_name, best.matched_head, best.likeness, count(*) OVER () AS total,
    (SELECT count(*) FROM named) AS bearers
FROM best
JOIN ekasih.household AS h ON h.id = best.household_id
JOIN ekasih.poverty_line AS line ON line.id = h.line_id
JOIN ekasih.area AS district ON district.code = h.district_code
LEFT JOIN ekasih.area AS mukim ON mukim.code = h.mukim_code
WHERE (CAST(:district AS text) IS NULL OR h.district_code = CAST(:district AS text))
    AND (CAST(:mukim AS text) IS NULL OR coalesce(h.mukim_code, h.district_code || '00') = CAST(:mukim AS text))
    AND (CAST(:status AS text) IS NULL OR h.status = CAST(:status AS text))
    AND (CAST(:strata AS text) IS NULL OR h.strata = CAST(:strata AS text))
ORDER BY best.likeness DESC, best.matched_head DESC NULLS LAST, h.head_name, h.id
LIMIT :row_limit OFFSET :row_offset
