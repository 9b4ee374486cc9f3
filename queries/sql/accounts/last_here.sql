-- When the person asking was last here before the session of this browser; none where no earlier session is kept.
-- grain:   at most one row
-- params:  token_hash
-- columns: seen_at
-- row:     LastHereRow
SELECT s.seen_at FROM ekasih.last_here(CAST(:token_hash AS bytea)) AS s (seen_at) WHERE s.seen_at IS NOT NULL
