-- Merges of the own territory, newest first.
-- grain:   one row per merge
-- params:  row_limit
-- columns: merge_id, kept_id, gone_id, kept_head, kept_file, gone_head, gone_file, chosen, merged_at, merged_by, undone_at?, undone_by?
-- row:     MergeRow
SELECT m.id AS merge_id, m.kept_id, m.gone_id, m.kept_before -> 'household' ->> 'head_name' AS kept_head,
    m.kept_before -> 'household' ->> 'file_no' AS kept_file, m.gone_before -> 'household' ->> 'head_name' AS gone_head,
    m.gone_before -> 'household' ->> 'file_no' AS gone_file, m.chosen, m.merged_at, m.merged_by, m.undone_at, m.undone_by
FROM ekasih.household_merge AS m
ORDER BY m.id DESC
LIMIT :row_limit
