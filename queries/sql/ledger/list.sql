-- One list of payments.
-- grain:   one row per list
-- params:  list_id
-- columns: id, number, programme, programme_ms, programme_en, office, state, listed_on?, made_at, made_by?, released_by?, released_at?, own, sample
-- row:     PaymentListHeadRow
SELECT l.id, l.number, l.programme, p.name_ms AS programme_ms, p.name_en AS programme_en, l.office, l.state, l.listed_on,
    l.made_at, ekasih.name_by_money(l.made_by) AS made_by, ekasih.name_by_money(l.released_by) AS released_by, l.released_at,
    coalesce(l.made_by = ekasih.acting_user(), false) AS own, p.sample
FROM ekasih.payment_list AS l
JOIN ekasih.aid_programme AS p ON p.code = l.programme
WHERE l.id = CAST(:list_id AS bigint)
