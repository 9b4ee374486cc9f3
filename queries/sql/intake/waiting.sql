-- Forms of the public on which somebody still has to decide, the urgent first and of these those that are due, after one of them.
-- Each district is read on its index, row_limit rows at most.
-- grain:   one row per form
-- params:  form_kind, after_calm, after_due, after_form, row_limit
-- columns: form_id, reference, kind, state, urgent, due_on, late, sent_on, shown_name?, village?, district_name, told, marks, candidates, assigned_name?
-- row:     IntakeWaitingRow
WITH found AS (
    SELECT w.* FROM ekasih.reached_districts() AS d (code)
    CROSS JOIN LATERAL (
        SELECT i.id, i.reference, i.kind, i.state, i.urgent, i.due_on, i.sent_at, i.moved_on, i.erased_on, i.answers, i.district_code, i.told,
            i.marks, i.assigned_to, i.case_id
        FROM ekasih.intake AS i
        WHERE i.district_code = d.code AND i.main_id IS NULL AND i.state IN ('baru', 'luar_kawasan', 'disaring')
            AND (CAST(:form_kind AS text) = '' OR i.kind = :form_kind)
            AND (CAST(:after_form AS bigint) = 0
                 OR ((NOT i.urgent), i.due_on, i.id) > (CAST(:after_calm AS boolean), CAST(:after_due AS date), CAST(:after_form AS bigint)))
        ORDER BY (NOT i.urgent), i.due_on, i.id LIMIT :row_limit) AS w
    ORDER BY (NOT w.urgent), w.due_on, w.id LIMIT :row_limit
)
SELECT f.id AS form_id, f.reference, f.kind, f.state, f.urgent, f.due_on, f.due_on < current_date AND f.state <> 'disaring' AS late,
    CAST(f.sent_at AS date) AS sent_on, f.answers ->> 'name' AS shown_name, f.answers ->> 'village' AS village, a.name AS district_name,
    f.told, f.marks, (SELECT count(*) FROM ekasih.intake_candidate AS c WHERE c.intake_id = f.id) AS candidates,
    ekasih.name_of_user(f.assigned_to) AS assigned_name
FROM found AS f
JOIN ekasih.area AS a ON a.code = f.district_code
ORDER BY (NOT f.urgent), f.due_on, f.id
