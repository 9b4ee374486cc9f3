-- Pairs of which only one household is of the own territory: that there is another record, and whose district holds it.
-- grain:   one row per pair; total counts all
-- params:  row_limit
-- columns: candidate_id, kind, score, household_id, head_name, file_no, district_name, total
-- row:     PairElsewhereRow
SELECT d.candidate_id, d.kind, d.score, d.household_id, h.head_name, h.file_no, district.name AS district_name, d.total
FROM ekasih.duplicates_elsewhere(CAST(:row_limit AS integer)) AS d
JOIN ekasih.household AS h ON h.id = d.household_id
JOIN ekasih.area AS district ON district.code = d.other_district
ORDER BY d.score DESC, d.candidate_id
