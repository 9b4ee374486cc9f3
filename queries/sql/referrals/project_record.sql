-- What was handed over of the project of a referral, as it is now.
-- grain:   one row per field, of a household where there are several
-- params:  referral_no
-- columns: component, field, kind, no?, value?
-- row:     ReferredProjectRow
SELECT r.component, r.field, r.kind, r.no, r.value FROM ekasih.referral_project_record(:referral_no) AS r
