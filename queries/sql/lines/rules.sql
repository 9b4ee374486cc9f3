-- The rules there were, the newest first; the one that decides today, those that are to come, and those that another one
-- of the same day has replaced.
-- grain:   one row per rule
-- columns: rule_id, effective_from, rule, vulnerable_urban_rm?, vulnerable_rural_rm?, deciding, coming, replaced
-- row:     RuleRow
SELECT r.id AS rule_id, r.effective_from, r.rule, r.vulnerable_urban_rm, r.vulnerable_rural_rm,
    r.id IN (SELECT f.rule_id FROM ekasih.lines_in_force(current_date) AS f) AS deciding,
    r.effective_from > current_date AS coming,
    EXISTS (SELECT FROM ekasih.classification_rule AS o WHERE o.effective_from = r.effective_from AND o.id > r.id) AS replaced
FROM ekasih.classification_rule AS r
ORDER BY r.effective_from DESC, r.id DESC
