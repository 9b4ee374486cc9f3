-- The chain of the audit log: its length, its newest hash, how the last verification ended.
-- grain:   one row
-- columns: links, hash, verified_at, verified_links, broken_link, reason
SELECT s.links, s.hash, s.verified_at, s.verified_links, s.broken_link, s.reason FROM ekasih.audit_state() AS s
