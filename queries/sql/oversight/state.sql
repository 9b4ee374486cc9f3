-- The chain of the audit log: its length, its newest hash, how the last verification ended, how far it is sealed.
-- grain:   one row
-- columns: links, hash?, verified_at?, verified_links?, broken_link?, reason?, sealed_link?, sealed_at?
-- row:     ChainRow
SELECT s.links, s.hash, s.verified_at, s.verified_links, s.broken_link, s.reason, s.sealed_link, s.sealed_at
FROM ekasih.audit_state() AS s
