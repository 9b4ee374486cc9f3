-- The records that are brought up to date, written down as they were where no version of theirs is kept yet.
SELECT keep_baseline(ARRAY(SELECT id FROM before))
