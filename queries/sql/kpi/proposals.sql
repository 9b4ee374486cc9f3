-- The targets that wait for somebody else's approval, oldest first: of who administers all, of others their own.
-- grain:   one row per proposal
-- params:
-- columns: id, area_code, area_name, wanted, seen, reason, proposed_by, proposed_name?, proposed_at
-- row:     TargetProposalRow
SELECT p.id, p.area_code, a.name AS area_name, p.wanted, p.seen, p.reason, p.proposed_by, u.display_name AS proposed_name, p.proposed_at
FROM ekasih.target_proposal AS p
JOIN ekasih.area AS a ON a.code = p.area_code
LEFT JOIN ekasih.app_user AS u ON u.id = p.proposed_by
WHERE p.state = 'waiting'
ORDER BY p.id
LIMIT 100
