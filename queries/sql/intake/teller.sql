-- Who sent a form, and those that say the same, where who is acting may know; a few of many.
-- grain:   one row per sender
-- params:  intake_reference
-- columns: reference, sent_at, who, name?, phone?, knows?
-- row:     IntakeTellerRow
SELECT s.reference, s.sent_at, t.who, t.name, t.phone, t.knows
FROM ekasih.intake AS i
JOIN ekasih.intake AS s ON s.id = i.id OR s.main_id = i.id
JOIN ekasih.intake_teller AS t ON t.intake_id = s.id
WHERE i.reference = :intake_reference
ORDER BY s.id LIMIT 20
