-- The cases that wait to be given to an officer, of one district or of all that the acting user sees, by mukim.
-- grain:   one row per case; total counts the whole list
-- params:  district, row_limit
-- columns: case_id, version, number, head_name, state, state_ms, state_en, district_code, district_name, mukim_code?, mukim_name?, village?, due_on, overdue, total
-- row:     UnassignedRow
WITH waiting AS MATERIALIZED (
    SELECT c.id, c.version, c.number, c.head_name, c.state, c.district_code, c.mukim_code,
        nullif(c.draft -> 'lokasi' ->> 'village', '') AS village,
        coalesce(c.due_on, CAST(c.created_at AS date) + 30) AS due_on, count(*) OVER () AS total
    FROM ekasih.case_file AS c
    WHERE c.state IN ('received', 'returned', 'due')
        AND (CAST(:district AS text) IS NULL OR c.district_code = CAST(:district AS text))
    ORDER BY c.district_code, c.mukim_code NULLS LAST, due_on, c.id
    LIMIT :row_limit
)
SELECT w.id AS case_id, w.version, w.number, w.head_name, w.state, s.name_ms AS state_ms, s.name_en AS state_en,
    w.district_code, district.name AS district_name, w.mukim_code, mukim.name AS mukim_name, w.village, w.due_on,
    w.due_on < current_date AS overdue, w.total
FROM waiting AS w
JOIN ekasih.case_state AS s ON s.code = w.state
JOIN ekasih.area AS district ON district.code = w.district_code
LEFT JOIN ekasih.area AS mukim ON mukim.code = w.mukim_code
ORDER BY district.name, mukim.name NULLS LAST, w.due_on, w.id
