-- The reports that who asks may make, in their order.
-- grain:   one row per report
-- params:
-- columns: code, levels, exact_only, slow, blocks
-- row:     ReportRow
SELECT r.code, r.levels, r.exact_only, r.slow, r.blocks
FROM ekasih.report AS r
ORDER BY r.position
