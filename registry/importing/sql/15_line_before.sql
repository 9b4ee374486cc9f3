-- A newer line or rule is a decision of its own, made on the record as it was, before the record changes.
SELECT count(*) FROM reclassify(ARRAY(SELECT id FROM before), CAST(:received_on AS date))
WHERE EXISTS (SELECT FROM before)
