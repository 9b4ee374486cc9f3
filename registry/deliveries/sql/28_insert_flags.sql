-- The data-quality worklist.
INSERT INTO quality_flag (household_id, district_code, member_no, code, detail)
SELECT household_id, district_code, member_no, code, detail FROM warning
