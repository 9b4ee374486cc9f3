-- A page of the households behind a figure of an office, after one of them.
-- grain:   one row per household
-- params:  office, year, figure, within_mukim, after_household, row_limit
-- columns: household_id, file_no, head_name, mukim_name, status
-- row:     OfficeHouseholdRow
SELECT h.household_id, h.file_no, h.head_name, h.mukim_name, h.status
FROM ekasih.office_figure_list(:office, CAST(:year AS integer), :figure, :within_mukim, CAST(:after_household AS bigint),
                               CAST(:row_limit AS integer)) AS h
