-- Territory lent to a colleague: what runs, what is to come, what is over; the newest first.
-- grain:   one row per delegation
-- params:  row_limit
-- columns: delegation_id, lender, borrower, role, areas, from_date, until_date, reason, standing
-- row:     DelegationRow
SELECT d.id AS delegation_id, lender.login AS lender, borrower.login AS borrower, lender.role,
    ARRAY(SELECT area.name FROM ekasih.area AS area WHERE area.code = ANY (d.areas) ORDER BY area.code) AS areas,
    d.from_date, d.until_date, d.reason,
    CASE WHEN d.revoked_at IS NOT NULL THEN 'revoked' WHEN d.until_date < today.day THEN 'over'
         WHEN d.from_date > today.day THEN 'coming' ELSE 'running' END AS standing
FROM ekasih.delegation AS d
JOIN ekasih.app_user AS lender ON lender.id = d.from_user
JOIN ekasih.app_user AS borrower ON borrower.id = d.to_user
CROSS JOIN (SELECT (now() AT TIME ZONE 'Asia/Kuala_Lumpur')::date AS day) AS today
ORDER BY d.id DESC
LIMIT CAST(:row_limit AS integer)
