-- What was granted to a household and is not given yet, as who is acting may know it.
-- grain:   one row per need and period
-- params:  household
-- columns: need_code, need_ms, need_en, agency_code?, agency_ms?, agency_en?, begins, ends?, form, application_no?
-- row:     GrantedRow
SELECT need_code, need_ms, need_en, agency_code, agency_ms, agency_en, begins, ends, form, application_no
FROM ekasih.granted_to_household(:household)
