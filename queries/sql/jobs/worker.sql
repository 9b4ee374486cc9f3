-- When a worker was last seen, and whether that is too long ago.
-- grain:   one row
-- params:  silent_seconds
-- columns: seen_at?, silent
-- row:     WorkerRow
SELECT w.seen_at, coalesce(w.seen_at < now() - make_interval(secs => CAST(:silent_seconds AS integer)), true) AS silent
FROM (SELECT ekasih.worker_seen_at() AS seen_at) AS w
