-- Cases by their number (exact) or by every word of the name of the head (alike), the likeliest and newest first.
-- grain:   one row per case
-- params:  number, word_1, word_2, word_3, row_limit
-- columns: case_id, number, head_name, state_ms, state_en, district_name
-- row:     CaseRow
WITH matched AS (
    SELECT c.id, CAST(2 AS real) AS likeness FROM ekasih.case_file AS c WHERE c.number = CAST(:number AS text)
    UNION ALL
    SELECT c.id, word_similarity(CAST(:word_1 AS text), c.head_name)
    FROM ekasih.case_file AS c
    WHERE c.head_name %> CAST(:word_1 AS text)
        AND (CAST(:word_2 AS text) IS NULL OR c.head_name %> CAST(:word_2 AS text))
        AND (CAST(:word_3 AS text) IS NULL OR c.head_name %> CAST(:word_3 AS text))
)
SELECT c.id AS case_id, c.number, c.head_name, s.name_ms AS state_ms, s.name_en AS state_en,
    district.name AS district_name
FROM matched AS m
JOIN ekasih.case_file AS c ON c.id = m.id
JOIN ekasih.case_state AS s ON s.code = c.state
JOIN ekasih.area AS district ON district.code = c.district_code
ORDER BY m.likeness DESC, c.id DESC
LIMIT CAST(:row_limit AS integer)
