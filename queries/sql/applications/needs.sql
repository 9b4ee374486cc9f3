-- The needs of the household of an application that are met, until when and by which agency.
-- grain:   one row per need and period
-- params:  application
-- columns: need_ms, need_en, agency_ms?, agency_en?, begins, ends?, same_need, form, given
-- row:     MetNeedRow
SELECT n.need_ms, n.need_en, n.agency_ms, n.agency_en, n.begins, n.ends, n.same_need, n.form, n.given
FROM ekasih.application_needs(:application) AS n
