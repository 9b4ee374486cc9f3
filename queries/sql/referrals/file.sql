-- Where a file of a referral is kept.
-- grain:   one row
-- params:  referral_file
-- columns: name, file_name, kind
-- row:     KeptReferralFileRow
SELECT f.name, f.file_name, f.kind FROM ekasih.referral_file AS f WHERE f.id = CAST(:referral_file AS bigint)
