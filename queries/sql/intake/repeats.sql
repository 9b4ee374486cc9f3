-- What those forms say that say the same as one; a few of many, the latest first.
-- grain:   one row per form
-- params:  intake_reference
-- columns: reference, sent_at, answers
-- row:     IntakeRepeatRow
SELECT s.reference, s.sent_at, s.answers
FROM ekasih.intake AS i
JOIN ekasih.intake AS s ON s.main_id = i.id
WHERE i.reference = :intake_reference
ORDER BY s.id DESC LIMIT 10
