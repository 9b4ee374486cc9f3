-- Likewise its aid, where the delivery tells of aid at all.
DELETE FROM aid_received USING before WHERE aid_received.household_id = before.id AND CAST(:has_aid AS boolean)
