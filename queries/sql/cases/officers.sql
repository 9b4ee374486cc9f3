-- Who a case of a district may be given to.
-- grain:   one row per person
-- params:  district
-- columns: user_id, display_name
-- row:     OfficerRow
SELECT o.user_id, o.display_name FROM ekasih.case_officers(:district) AS o
