-- One pair, whatever became of it, as far as both households are for who asks.
-- grain:   one row, or none
-- params:  candidate
-- columns: candidate_id, kind, score, reasons, state, household_a, household_b
-- row:     PairRow
SELECT d.id AS candidate_id, d.kind, d.score, d.reasons, d.state, d.household_a, d.household_b
FROM ekasih.duplicate_candidate AS d
WHERE d.id = :candidate
