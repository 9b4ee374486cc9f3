-- Cases of the queue within the filters, the open ones first and of these the most overdue, and how many there are.
-- A case is due 30 days after it came in where nobody set another day.
-- grain:   one row per case; total counts the whole list
-- params:  state, channel, mine, overdue, ticked, row_limit, row_offset
-- columns: case_id, number, channel, state, state_ms, state_en, is_open, head_name, district_code, district_name, mukim_name?, assigned_name?, due_on, overdue, updated_at, version, total
-- row:     CaseListRow
WITH page AS MATERIALIZED (
    SELECT c.id, c.number, c.channel, c.state, s.name_ms, s.name_en, s.is_open, c.head_name, c.district_code, c.mukim_code,
        c.assigned_to, c.version, coalesce(c.due_on, CAST(c.created_at AS date) + 30) AS due_on, c.updated_at,
        count(*) OVER () AS total
    FROM ekasih.case_file AS c
    JOIN ekasih.case_state AS s ON s.code = c.state
    WHERE (CAST(:ticked AS bigint[]) IS NULL OR c.id = ANY (CAST(:ticked AS bigint[])))
        AND (CAST(:state AS text) IS NULL OR c.state = CAST(:state AS text))
        AND (CAST(:channel AS text) IS NULL OR c.channel = CAST(:channel AS text))
        AND (NOT CAST(:mine AS boolean) OR c.assigned_to = ekasih.acting_user())
        AND (NOT CAST(:overdue AS boolean)
             OR (s.is_open AND coalesce(c.due_on, CAST(c.created_at AS date) + 30) < current_date))
    ORDER BY s.is_open DESC, due_on, c.id
    LIMIT :row_limit OFFSET :row_offset
)
SELECT page.id AS case_id, page.number, page.channel, page.state, page.name_ms AS state_ms, page.name_en AS state_en,
    page.is_open, page.head_name, page.district_code, district.name AS district_name, mukim.name AS mukim_name,
    ekasih.name_of_user(page.assigned_to) AS assigned_name, page.due_on,
    page.is_open AND page.due_on < current_date AS overdue, page.updated_at, page.version, page.total
FROM page
JOIN ekasih.area AS district ON district.code = page.district_code
LEFT JOIN ekasih.area AS mukim ON mukim.code = page.mukim_code
ORDER BY page.is_open DESC, page.due_on, page.id
