-- Forms of the public that were decided on, the latest first, before one of them; each district is read on its index.
-- grain:   one row per form
-- params:  before_day, before_form, row_limit
-- columns: form_id, reference, kind, state, moved_on, sent_on, shown_name?, village?, district_name, told, case_no?, erased_on?
-- row:     IntakeClosedRow
WITH found AS (
    SELECT w.* FROM ekasih.reached_districts() AS d (code)
    CROSS JOIN LATERAL (
        SELECT i.id, i.reference, i.kind, i.state, i.urgent, i.due_on, i.sent_at, i.moved_on, i.erased_on, i.answers, i.district_code, i.told,
            i.marks, i.assigned_to, i.case_id
        FROM ekasih.intake AS i
        WHERE i.district_code = d.code AND i.main_id IS NULL AND i.state NOT IN ('baru', 'luar_kawasan', 'disaring')
            AND (CAST(:before_form AS bigint) = 0
                 OR (i.moved_on, i.id) < (CAST(:before_day AS date), CAST(:before_form AS bigint)))
        ORDER BY i.moved_on DESC, i.id DESC LIMIT :row_limit) AS w
    ORDER BY w.moved_on DESC, w.id DESC LIMIT :row_limit
)
SELECT f.id AS form_id, f.reference, f.kind, f.state, f.moved_on, CAST(f.sent_at AS date) AS sent_on, f.answers ->> 'name' AS shown_name,
    f.answers ->> 'village' AS village, a.name AS district_name, f.told, c.number AS case_no, f.erased_on
FROM found AS f
JOIN ekasih.area AS a ON a.code = f.district_code
LEFT JOIN ekasih.case_file AS c ON c.id = f.case_id
ORDER BY f.moved_on DESC, f.id DESC
