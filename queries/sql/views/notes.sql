-- The notes on an area that stand, the newest first.
-- grain:   one row per note
-- params:  area, row_limit
-- columns: note_id, noted_on, body, author_name, version, own
-- row:     AreaNoteRow
SELECT n.id AS note_id, n.noted_on, n.body, n.author_name, n.version, n.author_id = ekasih.acting_user() AS own
FROM ekasih.area_note AS n
WHERE n.area_code = CAST(:area AS text) AND n.retired_at IS NULL
    AND n.role = ekasih.acting_role()
ORDER BY n.noted_on DESC, n.id DESC
LIMIT CAST(:row_limit AS integer)
