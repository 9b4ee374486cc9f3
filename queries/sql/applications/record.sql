-- What may be told of the household of an application: the components that its conditions use.
-- grain:   one row per field, of a member where it is a member's
-- params:  application
-- columns: component, field, kind, member_no?, relationship?, value?
-- row:     ToldFieldRow
SELECT r.component, r.field, r.kind, r.member_no, r.relationship, r.value
FROM ekasih.application_record(:application) AS r
