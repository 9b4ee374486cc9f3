-- One file of the library.
-- grain:   one row
-- params:  library_file
-- columns: file_id, file_name, stored_name, kind, sha256, bytes, title_ms, title_en, audience, source, licence, dated?, version, replaces_id?, read_at?, own, added_by?, published_at?, published_by?, withdrawn_at?
-- row:     OneLibraryFileRow
SELECT f.id AS file_id, f.file_name, f.stored_name, f.kind, f.sha256, f.bytes, f.title_ms, f.title_en, f.audience, f.source, f.licence,
    f.dated, f.version, f.replaces_id, f.read_at, f.added_by = ekasih.acting_user() AS own, ekasih.name_of_user(f.added_by) AS added_by,
    f.published_at, ekasih.name_of_user(f.published_by) AS published_by, f.withdrawn_at
FROM ekasih.library_file AS f
WHERE f.id = CAST(:library_file AS bigint)
