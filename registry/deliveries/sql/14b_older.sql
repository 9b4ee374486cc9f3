-- Nor does a delivery write over what is newer: a visit before the one on record, or the same visit again after somebody
-- has put the record right by hand.
UPDATE accepted AS a SET unchanged = true, older = true
FROM household AS h
WHERE a.known AND NOT a.unchanged AND h.id = a.id AND (
    a.census_date < h.census_date
    OR ((a.census_date = h.census_date OR a.census_date IS NULL) AND (
        SELECT e.action FROM audit_log AS e
        WHERE e.subject = 'household' AND e.subject_id = a.id AND e.action NOT IN ('reveal_id', 'export_record', 'exit', 'reinstate')
        ORDER BY e.id DESC LIMIT 1) <> 'import'))
