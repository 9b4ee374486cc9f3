-- The files of the library: those that wait first, then the published ones, the newest first.
-- grain:   one row per file
-- params:  row_limit, row_offset
-- columns: file_id, file_name, kind, bytes, title_ms, title_en, audience, source, dated?, version, published_at?, total
-- row:     LibraryFileRow
SELECT f.id AS file_id, f.file_name, f.kind, f.bytes, f.title_ms, f.title_en, f.audience, f.source, f.dated, f.version, f.published_at,
    count(*) OVER () AS total
FROM ekasih.library_file AS f
WHERE f.withdrawn_at IS NULL
ORDER BY f.published_at DESC NULLS FIRST, f.id DESC
LIMIT :row_limit OFFSET :row_offset
