-- The files of a referral: those of its thread, and those that who is acting laid by for the next step.
-- grain:   one row per file
-- params:  referral_no
-- columns: file_id, step_id?, file_name, kind, bytes
-- row:     ReferralFileRow
SELECT f.id AS file_id, f.step_id, f.file_name, f.kind, f.bytes
FROM ekasih.referral AS r
JOIN ekasih.referral_file AS f ON f.referral_id = r.id
WHERE r.number = :referral_no
ORDER BY f.id
