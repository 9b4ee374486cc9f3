-- How alike a word must be to match, for the rest of the transaction.
-- grain:   one row
-- params:  likeness
-- columns: likeness
-- row:     LikenessRow
SELECT set_config('pg_trgm.word_similarity_threshold', CAST(:likeness AS text), true) AS likeness
