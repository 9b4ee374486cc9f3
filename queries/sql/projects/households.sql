-- The households of a project, and how far its place lies from theirs, in metres.
-- grain:   one row per household
-- params:  project
-- columns: household_id?, file_no, head_name, status?, per_capita_rm?, apart_m?
-- row:     ProjectHouseholdRow
SELECT h.household_id, h.file_no, h.head_name, h.status, h.per_capita_rm, h.apart_m
FROM ekasih.project_households(:project) AS h
