-- A newer line or rule is a decision of its own, made on the record as it was, before the record changes.
SELECT count(*)
FROM reclassify(ARRAY(SELECT id FROM accepted WHERE known AND NOT unchanged), CAST(:received_on AS date))
WHERE EXISTS (SELECT FROM accepted WHERE known AND NOT unchanged)
