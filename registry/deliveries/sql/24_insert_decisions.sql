-- The decisions: the first of a new household, and that of a changed one with what changed.
INSERT INTO status_decision (household_id, effective_on, decided_by, cause, status, previous_status, income_rm,
    member_count, per_capita_rm, gap_rm, line_id, rule_id, state_code, district_code, mukim_code, strata)
SELECT a.id, CAST(:received_on AS date), :actor,
    CASE
        WHEN b.id IS NULL THEN 'registered'
        WHEN (b.state_code, b.district_code, b.mukim_code, b.strata)
            IS DISTINCT FROM (a.state_code, a.district_code, a.mukim_code, a.strata) THEN 'moved'
        WHEN b.member_count <> a.member_count THEN 'members_changed'
        ELSE 'income_changed'
    END,
    a.status, b.status, a.income_rm, a.member_count, a.per_capita_rm, a.gap_rm, a.line_id, a.rule_id,
    a.state_code, a.district_code, a.mukim_code, a.strata
FROM accepted AS a
LEFT JOIN before AS b ON b.id = a.id
WHERE NOT a.unchanged AND (b.id IS NULL
    OR (b.state_code, b.district_code, b.mukim_code, b.strata, b.member_count, b.income_rm) IS DISTINCT FROM
        (a.state_code, a.district_code, a.mukim_code, a.strata, a.member_count, a.income_rm))
