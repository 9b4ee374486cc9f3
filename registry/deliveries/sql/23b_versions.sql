-- And as they are now, from the day on which the delivery was received.
SELECT keep_versions(ARRAY(SELECT id FROM before), CAST(:received_on AS date), 'import', :actor)
