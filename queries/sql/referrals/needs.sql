-- The needs of the household of a referral that are met, where aid was handed over.
-- grain:   one row per need and period
-- params:  referral_no
-- columns: need_ms, need_en, agency_ms?, agency_en?, begins, ends?
-- row:     ReferredNeedRow
SELECT n.need_ms, n.need_en, n.agency_ms, n.agency_en, n.begins, n.ends FROM ekasih.referral_needs(:referral_no) AS n
