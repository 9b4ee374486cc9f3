-- What was handed over of the household of a referral, as the record has it now.
-- grain:   one row per field, of a member where it is a member's
-- params:  referral_no
-- columns: component, field, kind, member_no?, relationship?, value?
-- row:     ReferredFieldRow
SELECT r.component, r.field, r.kind, r.member_no, r.relationship, r.value FROM ekasih.referral_record(:referral_no) AS r
