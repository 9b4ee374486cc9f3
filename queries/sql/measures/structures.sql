-- The structures of multidimensional poverty, each a version, the newest first.
-- grain:   one row per structure
-- params:
-- columns: code, definition, valid_from, computable, shipped, added_by?, added_at
-- row:     StructureRow
SELECT s.code, s.definition, s.valid_from, s.computable, s.shipped, s.added_by, s.added_at
FROM ekasih.mpi_structure AS s
ORDER BY s.valid_from DESC, s.code
