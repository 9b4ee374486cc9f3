-- The flags that an earlier delivery raised about a record go: this one says anew what is odd.
UPDATE quality_flag AS f SET resolved_at = now(), resolved_by = :actor
FROM before AS b
WHERE f.household_id = b.id AND f.resolved_at IS NULL
